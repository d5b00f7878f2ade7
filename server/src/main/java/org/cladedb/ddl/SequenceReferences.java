package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.Expression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.parser.SqlParser;
import org.cladedb.sql.words.SqlText;
import org.jspecify.annotations.Nullable;

/// The sequences that defaults of columns draw from.
///
/// A default is stored as text. Sequences stand in it with their schema, as
/// `nextval('public.t_id_seq'::regclass)`, so that it draws from the same sequence whatever the
/// search path is; when a sequence is renamed or moves, the texts follow.
final class SequenceReferences {
    private static final Set<String> TAKES_SEQUENCE = Set.of("nextval", "currval", "setval");

    private final DdlContext context;

    SequenceReferences(DdlContext context) {
        this.context = context;
    }

    /// A default that draws from a sequence.
    record Use(Table table, Column column, Sequence sequence) {
        String described(Names names) {
            return "default value for column %s of table %s"
                    .formatted(column.name(), names.shown(table));
        }

        String dependency(Names names) {
            return described(names) + " depends on sequence " + names.shown(sequence);
        }
    }

    /// A name of a relation in an expression.
    ///
    /// @param bare not yet with its cast to regclass
    private record Place(int start, int end, QualifiedName name, boolean bare) {}

    /// How a sequence is written in a stored expression.
    static String written(String schema, String name) {
        String target = SqlText.identifier(schema) + "." + SqlText.identifier(name);
        return SqlText.literal(target) + "::regclass";
    }

    /// The text with the sequences that it names by the search path named in full.
    String qualified(String text) {
        return replaced(
                text,
                name ->
                        context.names().find(name) instanceof Sequence sequence
                                ? written(sequence.schema(), sequence.name())
                                : null);
    }

    /// Puts the sequence under its new name, and changes the defaults that draw from it.
    void rename(CatalogSnapshot.Builder builder, Sequence sequence, String schema, String name) {
        builder.put(SequenceFactory.renamed(sequence, schema, name));
        for (Use use : usesOf(List.of(sequence))) {
            Table table = builder.build().table(use.table().oid());
            if (table == null) {
                throw new IllegalStateException("the table of a default is in the catalog");
            }
            TableDraft draft = new TableDraft(table);
            Column column = draft.columns.get(use.column().number() - 1);
            String stored = column.defaultExpression();
            draft.replace(
                    Columns.withDefault(
                            column,
                            stored == null ? null : renamed(stored, sequence, schema, name),
                            column.generation()));
            builder.put(draft.build());
        }
    }

    private String renamed(String stored, Sequence sequence, String schema, String name) {
        return replaced(stored, found -> means(found, sequence) ? written(schema, name) : null);
    }

    /// The defaults that draw from the sequences.
    List<Use> usesOf(List<Sequence> sequences) {
        List<Use> uses = new ArrayList<>();
        if (sequences.isEmpty()) {
            return uses;
        }
        for (Table table : context.catalog().tables()) {
            for (Column column : table.columns()) {
                String stored = column.dropped() ? null : column.defaultExpression();
                if (stored == null || !(stored.contains("regclass") || stored.contains("val("))) {
                    continue;
                }
                List<Place> places = places(stored);
                for (Sequence sequence : sequences) {
                    if (places.stream().anyMatch(place -> means(place.name(), sequence))) {
                        uses.add(new Use(table, column, sequence));
                    }
                }
            }
        }
        return uses;
    }

    /// Whether a stored name is that of the sequence. One without a schema was stored when names
    /// were kept as written: it means what it says for the owner's default.
    private boolean means(QualifiedName name, Sequence sequence) {
        if (!name.last().equals(sequence.name())) {
            return false;
        }
        return name.isQualified()
                ? name.qualifier().getLast().equals(sequence.schema())
                : sequence.equals(context.names().find(name)) || sequence.ownerTableOid() != 0;
    }

    /// Fails when defaults would lose their sequence and may not.
    ///
    /// @param subject what is dropped
    void requireCascade(List<Use> uses, String subject, boolean cascade) {
        if (!uses.isEmpty() && !cascade) {
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop " + subject + " because other objects depend on it")
                    .withDetail(
                            uses.stream()
                                    .map(use -> use.dependency(context.names()))
                                    .collect(Collectors.joining("\n")))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
    }

    /// Takes the defaults away.
    static void drop(CatalogSnapshot.Builder builder, List<Use> uses) {
        for (Use use : uses) {
            Table table = builder.build().table(use.table().oid());
            if (table != null) {
                TableDraft draft = new TableDraft(table);
                Column column = draft.columns.get(use.column().number() - 1);
                draft.replace(Columns.withDefault(column, null, column.generation()));
                builder.put(draft.build());
            }
        }
    }

    /// @param replacement what to write instead; null to leave the place alone
    private static String replaced(
            String text, Function<QualifiedName, @Nullable String> replacement) {
        StringBuilder result = new StringBuilder(text);
        for (Place place : places(text).reversed()) {
            String written = replacement.apply(place.name());
            if (written != null) {
                String cut = written.substring(0, written.length() - "::regclass".length());
                result.replace(place.start(), place.end(), place.bare() ? written : cut);
            }
        }
        return result.toString();
    }

    /// The names of sequences in an expression, in order.
    private static List<Place> places(String text) {
        List<Place> places = new ArrayList<>();
        ExpressionColumns.forEach(
                SqlParser.parseExpression(text),
                part -> {
                    if (part
                                    instanceof
                                    Expression.Cast(Expression.StringLiteral literal, var type, _)
                            && type.name().last().equals("regclass")) {
                        add(places, text, literal, false);
                    }
                    if (part instanceof Expression.FunctionCall call
                            && TAKES_SEQUENCE.contains(call.name().last())
                            && !call.arguments().isEmpty()
                            && call.arguments().getFirst().value()
                                    instanceof Expression.StringLiteral literal) {
                        add(places, text, literal, true);
                    }
                });
        places.sort(Comparator.comparingInt(Place::start));
        return places;
    }

    private static void add(
            List<Place> places, String text, Expression.StringLiteral literal, boolean bare) {
        String written = SqlText.literal(literal.value());
        QualifiedName name = name(literal.value());
        if (name != null && text.startsWith(written, literal.position())) {
            places.add(
                    new Place(
                            literal.position(), literal.position() + written.length(), name, bare));
        }
    }

    /// The name that a string spells; null when it spells none.
    private static @Nullable QualifiedName name(String spelled) {
        try {
            return SqlParser.parseExpression(spelled) instanceof Expression.ColumnReference column
                    ? column.name()
                    : null;
        } catch (DatabaseException _) {
            return null;
        }
    }
}
