package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cladedb.analysis.Collations;
import org.cladedb.analysis.TypeNameResolver;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.ObjectNames;
import org.cladedb.catalog.Sequence;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.ColumnConstraint;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.ast.TableConstraint;
import org.cladedb.sql.ast.TableElement;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Adds columns, with what their definitions say, to a table draft.
final class ColumnAdder {
    private static final int COLUMNS_MAX = 1600;
    private static final Map<String, SqlType> SERIAL_TYPES =
            Map.of(
                    "serial", SqlType.INTEGER,
                    "serial4", SqlType.INTEGER,
                    "bigserial", SqlType.BIGINT,
                    "serial8", SqlType.BIGINT,
                    "smallserial", SqlType.SMALLINT,
                    "serial2", SqlType.SMALLINT);

    private final DdlContext context;
    private final CatalogSnapshot.Builder builder;
    private final TableDraft draft;
    private final ConstraintAdder constraints;

    /// Sequences made, to be added to the catalog with the table.
    private final List<Sequence> sequences = new ArrayList<>();

    /// Constraints of columns, to be added when all columns are there.
    private final List<Runnable> later = new ArrayList<>();

    /// Sequences to be made for identity columns.
    private final List<Runnable> identities = new ArrayList<>();

    ColumnAdder(
            DdlContext context,
            CatalogSnapshot.Builder builder,
            TableDraft draft,
            ConstraintAdder constraints) {
        this.context = context;
        this.builder = builder;
        this.draft = draft;
        this.constraints = constraints;
    }

    List<Sequence> sequences() {
        return sequences;
    }

    /// Adds the constraints that stood with columns.
    void addConstraints() {
        later.forEach(Runnable::run);
    }

    /// Makes the sequences of identity columns, whose types are looked at not before.
    void makeSequences() {
        identities.forEach(Runnable::run);
    }

    Column add(TableElement.ColumnDefinition definition) {
        TableDraft.requireNoSystemColumn(definition.name());
        requireFit(draft.columns.size() + 1);
        QualifiedName typeName = definition.type().name();
        SqlType serial =
                typeName.isQualified() || definition.type().isArray()
                        ? null
                        : SERIAL_TYPES.get(typeName.last());
        SqlType type = serial != null ? serial : TypeNameResolver.resolve(definition.type());
        requireStorable(definition.name(), type, definition.position());
        QualifiedName collation = definition.collation();
        int number = draft.columns.size() + 1;
        Column column =
                new Column(
                        number,
                        definition.name(),
                        type,
                        serial != null,
                        null,
                        Column.Generation.NONE,
                        false,
                        null,
                        Collations.ofColumn(type, collation, context.catalog()),
                        0,
                        ColumnStorages.of(type, definition.storage(), definition.compression()));
        draft.columns.add(column);
        if (serial != null) {
            addSerial(column);
        }
        for (ColumnConstraint constraint : definition.constraints()) {
            apply(number, constraint);
        }
        requireNoConflict(definition);
        return draft.columns.get(number - 1);
    }

    /// Fails for a column that is declared NULL and, by another word, NOT NULL.
    private void requireNoConflict(TableElement.ColumnDefinition definition) {
        boolean isNull =
                definition.constraints().stream()
                        .anyMatch(ColumnConstraint.ExplicitNull.class::isInstance);
        for (ColumnConstraint constraint : definition.constraints()) {
            if (isNull
                    && (constraint instanceof ColumnConstraint.PrimaryKey
                            || constraint instanceof ColumnConstraint.Identity
                            || constraint instanceof ColumnConstraint.NotNull)) {
                throw new DatabaseException(
                                SqlState.SYNTAX_ERROR,
                                "conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\""
                                        .formatted(definition.name(), draft.name))
                        .at(constraint.position());
            }
        }
    }

    /// Fails when a column gets a second source of values.
    private void requireOneSource(
            Column column, boolean isDefault, boolean isIdentity, int position) {
        boolean hadGenerated = column.generation() == Column.Generation.STORED;
        boolean hadDefault = column.defaultExpression() != null && !hadGenerated;
        boolean hadIdentity = column.isIdentity();
        boolean isGenerated = !isDefault && !isIdentity;
        String sources =
                (isDefault && hadIdentity) || (isIdentity && hadDefault)
                        ? "both default and identity"
                        : (isDefault && hadGenerated) || (isGenerated && hadDefault)
                                ? "both default and generation expression"
                                : (isIdentity && hadGenerated) || (isGenerated && hadIdentity)
                                        ? "both identity and generation expression"
                                        : isIdentity && hadIdentity
                                                ? "multiple identity specifications"
                                                : isGenerated && hadGenerated
                                                        ? "multiple generation clauses"
                                                        : isDefault && hadDefault
                                                                ? "multiple default values"
                                                                : "";
        if (!sources.isEmpty()) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "%s specified for column \"%s\" of table \"%s\""
                                    .formatted(sources, column.name(), draft.name))
                    .at(position);
        }
    }

    static void requireFit(int columns) {
        if (columns > COLUMNS_MAX) {
            throw new DatabaseException(
                    SqlState.TOO_MANY_COLUMNS, "tables can have at most 1600 columns");
        }
    }

    static void requireStorable(String name, SqlType type, int position) {
        requireReal(name, type, position);
        if (type.kind() == TypeKind.MONEY || type.kind() == TypeKind.XML) {
            throw ConstraintAdder.unsupported("type " + type.kind().sqlName(), position);
        }
    }

    /// @throws DatabaseException 42P16 for a pseudo-type, or an array of one
    static void requireReal(String name, SqlType type, int position) {
        SqlType element = type instanceof SqlType.Array array ? array.element() : type;
        boolean pseudo =
                switch (element.kind()) {
                    case ANY,
                            ANYARRAY,
                            ANYELEMENT,
                            ANYNONARRAY,
                            ANYCOMPATIBLE,
                            ANYCOMPATIBLEARRAY,
                            CSTRING,
                            RECORD,
                            VOID,
                            UNKNOWN ->
                            true;
                    default -> false;
                };
        if (pseudo) {
            throw new DatabaseException(
                            SqlState.INVALID_TABLE_DEFINITION,
                            "column \"%s\" has pseudo-type %s"
                                    .formatted(name, TypeNames.format(type)))
                    .at(position);
        }
    }

    /// The text to store for a default; null for one that is NULL, which is none.
    static @Nullable String storedDefault(TableDraft draft, Expression expression) {
        if (expression instanceof Expression.NullLiteral) {
            return null;
        }
        return draft.stored(expression, "DEFAULT expression");
    }

    private void addSerial(Column column) {
        Sequence sequence = newSequence(column, List.of());
        sequences.add(SequenceFactory.ownedBy(sequence, draft.oid, column.number(), false));
        draft.replace(
                column.withNotNull(true)
                        .withDefault(
                                "nextval(" + SequenceReferences.written(sequence) + ")",
                                Column.Generation.NONE));
    }

    private Sequence newSequence(Column column, List<SequenceOption> options) {
        String name =
                ObjectNames.unused(
                        draft.name,
                        column.name(),
                        "seq",
                        candidate ->
                                Names.exists(context.catalog(), draft.schema, candidate)
                                        || sequences.stream()
                                                .anyMatch(made -> made.name().equals(candidate)));
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.SequenceName given) {
                name = given.name().last();
                context.names().requireFree(draft.schema, name);
            }
        }
        return SequenceFactory.create(
                builder.newOid(),
                draft.schema,
                name,
                column.type(),
                options,
                draft.storage.unlogged());
    }

    static void requireCountable(Column column) {
        TypeKind kind = column.type().kind();
        if (kind != TypeKind.SMALLINT && kind != TypeKind.INTEGER && kind != TypeKind.BIGINT) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "identity column type must be smallint, integer, or bigint");
        }
    }

    /// Makes the column an identity column.
    void addIdentity(int number, boolean always, List<SequenceOption> options, int position) {
        Column column = draft.columns.get(number - 1);
        requireOneSource(column, false, true, position);
        identities.add(() -> {
            requireCountable(column);
            Sequence sequence = newSequence(column, options);
            sequences.add(SequenceFactory.ownedBy(sequence, draft.oid, number, true));
        });
        draft.replace(
                column.withNotNull(true)
                        .withDefault(
                                null,
                                always
                                        ? Column.Generation.IDENTITY_ALWAYS
                                        : Column.Generation.IDENTITY_BY_DEFAULT));
    }

    private void apply(int number, ColumnConstraint constraint) {
        Column column = draft.columns.get(number - 1);
        List<String> self = List.of(column.name());
        switch (constraint) {
            case ColumnConstraint.NotNull given ->
                    constraints.addNotNull(column, given.name(), given.attributes());
            case ColumnConstraint.ExplicitNull given -> {
                if (column.notNull()) {
                    throw new DatabaseException(
                                    SqlState.SYNTAX_ERROR,
                                    "conflicting NULL/NOT NULL declarations for column \""
                                            + column.name()
                                            + "\" of table \""
                                            + draft.name
                                            + "\"")
                            .at(given.position());
                }
            }
            case ColumnConstraint.Default given -> {
                requireOneSource(column, true, false, given.position());
                draft.replace(
                        column.withDefault(
                                storedDefault(draft, given.expression()), Column.Generation.NONE));
            }
            case ColumnConstraint.Generated given -> {
                requireOneSource(column, false, false, given.position());
                if (!given.stored()) {
                    throw ConstraintAdder.unsupported(
                            "a virtual generated column", given.position());
                }
                ExpressionColumns.requireNoSystemColumn(
                        given.expression(),
                        draft,
                        "cannot use system column \"%s\" in column generation expression");
                draft.replace(
                        column.withDefault(
                                draft.stored(given.expression(), "column generation expression"),
                                Column.Generation.STORED));
            }
            case ColumnConstraint.Identity given ->
                    addIdentity(number, given.always(), given.options(), given.position());
            case ColumnConstraint.PrimaryKey given ->
                    later.add(() ->
                            constraints.add(
                                    new TableConstraint.Key(
                                            given.name(),
                                            true,
                                            false,
                                            self,
                                            List.of(),
                                            given.options(),
                                            given.tablespace(),
                                            null,
                                            given.attributes(),
                                            given.position())));
            case ColumnConstraint.Unique given ->
                    later.add(() ->
                            constraints.add(
                                    new TableConstraint.Key(
                                            given.name(),
                                            false,
                                            given.nullsNotDistinct(),
                                            self,
                                            List.of(),
                                            given.options(),
                                            given.tablespace(),
                                            null,
                                            given.attributes(),
                                            given.position())));
            case ColumnConstraint.Check given ->
                    later.add(() ->
                            constraints.addCheck(
                                    given.name(), given.expression(), given.attributes()));
            case ColumnConstraint.References given ->
                    later.add(() ->
                            constraints.add(
                                    new TableConstraint.ForeignKey(
                                            given.name(),
                                            self,
                                            given.reference(),
                                            given.attributes(),
                                            given.position())));
        }
    }
}
