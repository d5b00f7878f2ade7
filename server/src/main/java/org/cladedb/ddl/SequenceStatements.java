package org.cladedb.ddl;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SequenceOption;
import org.cladedb.sql.ast.TableStatement;
import org.cladedb.txn.Sequences;
import org.cladedb.types.SqlType;

/// CREATE and ALTER SEQUENCE.
final class SequenceStatements {
    private final DdlContext context;

    SequenceStatements(DdlContext context) {
        this.context = context;
    }

    void create(TableStatement.CreateSequence statement) {
        if (statement.persistence() == TableStatement.Persistence.TEMPORARY) {
            throw ConstraintAdder.unsupported("CREATE TEMPORARY SEQUENCE", statement.position());
        }
        String schema = context.names().creationSchema(statement.name());
        String name = statement.name().last();
        if (Names.exists(context.catalog(), schema, name)) {
            if (statement.ifNotExists()) {
                context.notice(
                        SqlState.DUPLICATE_TABLE,
                        "relation \"" + name + "\" already exists, skipping");
                return;
            }
            throw Names.duplicate(name);
        }
        CatalogSnapshot.Builder builder = context.catalog().toBuilder();
        Sequence sequence =
                SequenceFactory.create(
                        builder.newOid(),
                        schema,
                        name,
                        SqlType.BIGINT,
                        statement.options(),
                        statement.persistence() == TableStatement.Persistence.UNLOGGED);
        context.change(builder.put(owned(sequence, statement.options())));
    }

    void alter(TableStatement.AlterSequence statement) {
        if (statement.ifExists() && context.names().find(statement.name()) == null) {
            context.notice(
                    "relation \"" + statement.name().dotted() + "\" does not exist, skipping");
            return;
        }
        alter(context.names().sequence(statement.name()), statement.options());
    }

    void alter(Sequence sequence, List<SequenceOption> options) {
        Sequence changed = owned(SequenceFactory.alter(sequence, options), options);
        requireInBounds(sequence, changed, options);
        Sequences.State before = context.sequences().state(context.transaction(), sequence);
        context.change(context.catalog().toBuilder().put(changed));
        if (!before.called() && changed.start() != sequence.start()) {
            // A new start is for RESTART; what comes next stays.
            context.sequences().restart(context.transaction(), changed, before.lastValue());
        }
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.Restart restart) {
                long value =
                        restart.value() == null
                                ? changed.start()
                                : SequenceFactory.number(restart.value());
                context.sequences().restart(context.transaction(), changed, value);
            }
        }
    }

    /// The value that the sequence is at must stay possible.
    private void requireInBounds(
            Sequence sequence, Sequence changed, List<SequenceOption> options) {
        long value = context.sequences().state(context.transaction(), sequence).lastValue();
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.Restart restart) {
                value =
                        restart.value() == null
                                ? changed.start()
                                : SequenceFactory.number(restart.value());
            }
        }
        if (value < changed.minimum()) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "RESTART value (%d) cannot be less than MINVALUE (%d)"
                            .formatted(value, changed.minimum()));
        }
        if (value > changed.maximum()) {
            throw new DatabaseException(
                    SqlState.INVALID_PARAMETER_VALUE,
                    "RESTART value (%d) cannot be greater than MAXVALUE (%d)"
                            .formatted(value, changed.maximum()));
        }
    }

    private Sequence owned(Sequence sequence, List<SequenceOption> options) {
        Sequence result = sequence;
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.OwnedBy owner) {
                result = ownedBy(result, owner);
                if (sequence.identity()) {
                    throw identityIsOwned(sequence);
                }
            }
        }
        return result;
    }

    private DatabaseException identityIsOwned(Sequence sequence) {
        Table owner = context.catalog().table(sequence.ownerTableOid());
        return new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "cannot change ownership of identity sequence")
                .withDetail(
                        "Sequence \"%s\" is linked to table \"%s\"."
                                .formatted(sequence.name(), owner == null ? "" : owner.name()));
    }

    private Sequence ownedBy(Sequence sequence, SequenceOption.OwnedBy owner) {
        QualifiedName name = owner.column();
        if (name == null) {
            return SequenceFactory.ownedBy(sequence, 0, 0, false);
        }
        if (!name.isQualified()) {
            throw new DatabaseException(SqlState.SYNTAX_ERROR, "invalid OWNED BY option")
                    .withHint("Specify OWNED BY table.column or OWNED BY NONE.");
        }
        Table table = context.names().table(new QualifiedName(name.qualifier(), name.position()));
        if (!table.schema().equals(sequence.schema())) {
            throw new DatabaseException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "sequence must be in same schema as table it is linked to");
        }
        Column column = new TableDraft(table).column(name.last(), -1);
        return SequenceFactory.ownedBy(sequence, table.oid(), column.number(), false);
    }
}
