package org.cladedb.ddl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.ObjectName;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.sql.ast.SchemaStatement;
import org.jspecify.annotations.Nullable;

/// DROP of tables, views, indexes, sequences, schemas and groups.
///
/// All objects named in one statement go together; what else depends on them is an error, or goes
/// too with CASCADE.
final class DropStatements {
    private final DdlContext context;

    DropStatements(DdlContext context) {
        this.context = context;
    }

    void run(SchemaStatement.Drop statement) {
        boolean cascade = statement.behavior() == DropBehavior.CASCADE;
        if (statement.kind() == ObjectKind.SCHEMA) {
            for (ObjectName name : statement.objects()) {
                dropSchema(name.name().last(), statement.ifExists(), cascade);
            }
            return;
        }
        Map<Integer, Table> tables = new LinkedHashMap<>();
        Map<Integer, View> views = new LinkedHashMap<>();
        for (ObjectName objectName : statement.objects()) {
            QualifiedName name = objectName.name();
            if (isRoutine(statement.kind())) {
                new NamedRoutines(context).drop(statement.kind(), objectName, statement.ifExists());
                continue;
            }
            Object found = resolve(statement, name);
            switch (found) {
                case null -> {}
                case Table table -> tables.put(table.oid(), table);
                case View view -> views.put(view.oid(), view);
                case Index index -> dropIndex(index);
                case Sequence sequence -> dropSequence(sequence, cascade);
                case Object _ ->
                        throw new DatabaseException(
                                SqlState.INSUFFICIENT_PRIVILEGE,
                                "permission denied: \"" + name.last() + "\" is a system catalog");
            }
        }
        dropRelations(tables, views, List.of(), cascade);
    }

    private static boolean isRoutine(ObjectKind kind) {
        return switch (kind) {
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> true;
            default -> false;
        };
    }

    private @Nullable Object resolve(SchemaStatement.Drop statement, QualifiedName name) {
        Object found = context.names().find(name);
        String kind = statement.kind().words();
        boolean known =
                switch (statement.kind()) {
                    case TABLE, VIEW, INDEX, SEQUENCE -> true;
                    default -> false;
                };
        if (!known || found == null) {
            if (statement.ifExists()) {
                context.notice(kind + " \"" + name.dotted() + "\" does not exist, skipping");
                return null;
            }
            throw new DatabaseException(
                    statement.kind() == ObjectKind.TABLE
                                    || statement.kind() == ObjectKind.VIEW
                                    || statement.kind() == ObjectKind.SEQUENCE
                            ? SqlState.UNDEFINED_TABLE
                            : SqlState.UNDEFINED_OBJECT,
                    kind + " \"" + name.dotted() + "\" does not exist");
        }
        boolean fits =
                switch (statement.kind()) {
                    case TABLE -> found instanceof Table;
                    case VIEW -> found instanceof View;
                    case INDEX -> found instanceof Index;
                    case SEQUENCE -> found instanceof Sequence;
                    default -> false;
                };
        if (!fits && isOfTheSystem(found)) {
            throw new DatabaseException(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"" + name.last() + "\" is a system catalog");
        }
        if (!fits) {
            String actual = kindOf(found);
            throw new DatabaseException(
                            SqlState.WRONG_OBJECT_TYPE,
                            "\"" + name.last() + "\" is not " + article(kind) + " " + kind)
                    .withHint(
                            "Use DROP %s to remove %s %s."
                                    .formatted(
                                            actual.toUpperCase(Locale.ROOT),
                                            article(actual),
                                            actual));
        }
        return found;
    }

    private static boolean isOfTheSystem(Object found) {
        return found instanceof Relation && !(found instanceof Table) && !(found instanceof View);
    }

    private static String kindOf(Object found) {
        return switch (found) {
            case View _ -> "view";
            case Index _ -> "index";
            case Sequence _ -> "sequence";
            default -> "table";
        };
    }

    private static String article(String kind) {
        return kind.startsWith("i") ? "an" : "a";
    }

    /// Drops tables and views together with what hangs on them.
    ///
    /// @param contents those that the statement does not name, described
    private void dropRelations(
            Map<Integer, Table> tables,
            Map<Integer, View> views,
            List<String> contents,
            boolean cascade) {
        if (tables.isEmpty() && views.isEmpty()) {
            return;
        }
        List<String> dependents = new ArrayList<>();
        Map<Integer, View> moreViews = new LinkedHashMap<>();
        List<Relation> gone = new ArrayList<>(tables.values());
        gone.addAll(views.values());
        Dependencies dependencies = new Dependencies(context);
        for (Relation relation : gone) {
            Dependencies.Dependents on = dependencies.on(relation);
            for (int i = 0; i < on.views().size(); i++) {
                View view = on.views().get(i);
                if (!views.containsKey(view.oid())
                        && moreViews.putIfAbsent(view.oid(), view) == null) {
                    dependents.add(on.lines().get(i));
                }
            }
        }
        List<CatalogSnapshot.Reference> references = new ArrayList<>();
        for (Table table : tables.values()) {
            for (CatalogSnapshot.Reference reference : context.catalog().referencesTo(table)) {
                if (!tables.containsKey(reference.table().oid())) {
                    references.add(reference);
                    dependents.add(
                            "constraint "
                                    + reference.foreignKey().name()
                                    + " on "
                                    + described(reference.table())
                                    + " depends on "
                                    + described(table));
                }
            }
        }
        for (SequenceReferences.Use use : usesOfOwned(tables)) {
            dependents.add(use.dependency(context.names()));
        }
        if (!dependents.isEmpty() && !cascade) {
            throw dependent(gone, dependents);
        }
        ConstraintRemoval constraints = new ConstraintRemoval(context);
        for (CatalogSnapshot.Reference reference : references) {
            Table referencing = context.catalog().table(reference.table().oid());
            if (referencing != null) {
                constraints.dropForeignKey(referencing, reference.foreignKey());
            }
        }
        List<String> following = new ArrayList<>(contents);
        following.addAll(dependents);
        context.noticeCascade(
                following.stream().map(each -> each.replaceAll(" depends on.*", "")).toList());
        remove(tables, views, moreViews.values());
    }

    /// Defaults of other tables that draw from sequences which go with the tables.
    private List<SequenceReferences.Use> usesOfOwned(Map<Integer, Table> tables) {
        List<Sequence> owned =
                tables.keySet().stream()
                        .flatMap(oid -> context.catalog().ownedSequences(oid).stream())
                        .toList();
        return new SequenceReferences(context)
                .usesOf(owned).stream()
                        .filter(use -> !tables.containsKey(use.table().oid()))
                        .toList();
    }

    private void remove(
            Map<Integer, Table> tables, Map<Integer, View> views, Collection<View> moreViews) {
        CatalogSnapshot catalog = context.catalog();
        CatalogSnapshot.Builder builder = catalog.toBuilder();
        views.keySet().forEach(builder::removeView);
        moreViews.forEach(view -> builder.removeView(view.oid()));
        for (int oid : tables.keySet()) {
            catalog.ownedSequences(oid).forEach(sequence -> builder.removeSequence(sequence.oid()));
        }
        SequenceReferences.drop(builder, usesOfOwned(tables));
        CatalogSnapshot changed = builder.build();
        for (Table table : childrenFirst(changed, tables)) {
            changed = GroupLayout.removeTable(changed, table.oid());
        }
        context.change(changed);
    }

    private static List<Table> childrenFirst(CatalogSnapshot catalog, Map<Integer, Table> tables) {
        List<Table> ordered = new ArrayList<>(tables.values());
        ordered.sort((one, other) ->
                Integer.compare(other.hkey().segments().size(), one.hkey().segments().size()));
        return ordered.stream().filter(table -> catalog.table(table.oid()) != null).toList();
    }

    private String described(Relation relation) {
        return (relation instanceof View ? "view " : "table ") + context.names().shown(relation);
    }

    /// Drops views that go with what they read.
    void dropViews(List<View> gone) {
        context.noticeCascade(gone.stream().map(this::described).toList());
        removeViews(gone);
    }

    /// Drops views without a word.
    void removeViews(List<View> gone) {
        if (!gone.isEmpty()) {
            remove(Map.of(), Map.of(), gone);
        }
    }

    private DatabaseException dependent(List<Relation> gone, List<String> dependents) {
        String subject = gone.size() == 1 ? described(gone.getFirst()) : "desired object(s)";
        return new DatabaseException(
                        SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot drop %s because other objects depend on %s"
                                .formatted(subject, gone.size() == 1 ? "it" : "them"))
                .withDetail(String.join("\n", dependents))
                .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
    }

    private void dropIndex(Index index) {
        Table table = context.catalog().tableOfIndex(index.oid());
        if (table == null) {
            throw new IllegalStateException("an index belongs to a table");
        }
        for (Constraints.KeyConstraint key : table.constraints().keys()) {
            if (key.indexOid() == index.oid()) {
                throw new DatabaseException(
                                SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                                "cannot drop index "
                                        + index.name()
                                        + " because constraint "
                                        + key.name()
                                        + " on table "
                                        + table.name()
                                        + " requires it")
                        .withHint(
                                "You can drop constraint "
                                        + key.name()
                                        + " on table "
                                        + table.name()
                                        + " instead.");
            }
        }
        TableDraft draft = new TableDraft(table);
        draft.indexes.removeIf(other -> other.oid() == index.oid());
        context.change(context.catalog().toBuilder().put(draft.build()));
    }

    private void dropSequence(Sequence sequence, boolean cascade) {
        Table owner = context.catalog().table(sequence.ownerTableOid());
        if (owner != null && sequence.identity()) {
            String place =
                    "column %s of table %s"
                            .formatted(
                                    owner.column(sequence.ownerColumn()).name(),
                                    context.names().shown(owner));
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop sequence %s because %s requires it"
                                    .formatted(sequence.name(), place))
                    .withHint("You can drop " + place + " instead.");
        }
        List<SequenceReferences.Use> uses =
                new SequenceReferences(context).usesOf(List.of(sequence));
        String subject = "sequence " + context.names().shown(sequence);
        Dependencies.Dependents views = new Dependencies(context).on(sequence);
        List<String> lines =
                new ArrayList<>(uses.stream().map(use -> use.dependency(context.names())).toList());
        lines.addAll(views.lines());
        if (!lines.isEmpty() && !cascade) {
            throw Dependencies.refusal(subject, lines);
        }
        context.noticeCascade(
                lines.stream().map(line -> line.replaceAll(" depends on.*", "")).toList());
        remove(Map.of(), Map.of(), views.views());
        CatalogSnapshot.Builder builder =
                context.catalog().toBuilder().removeSequence(sequence.oid());
        SequenceReferences.drop(builder, uses);
        context.change(builder);
    }

    /// DROP GROUP: the root table and everything below it.
    void dropGroup(SchemaStatement.DropGroup statement) {
        Object found = context.names().find(statement.root());
        if (found == null && statement.ifExists()) {
            context.notice("group \"" + statement.root().dotted() + "\" does not exist, skipping");
            return;
        }
        Table root = context.names().table(statement.root());
        if (!root.isRoot()) {
            throw new DatabaseException(
                    SqlState.WRONG_OBJECT_TYPE,
                    "table \"" + root.name() + "\" is not the root of a group");
        }
        Map<Integer, Table> tables = new LinkedHashMap<>();
        tables.put(root.oid(), root);
        for (Table table : GroupLayout.descendants(context.catalog(), root)) {
            tables.put(table.oid(), table);
        }
        dropRelations(
                tables,
                new LinkedHashMap<>(),
                List.of(),
                statement.behavior() == DropBehavior.CASCADE);
    }

    private void dropSchema(String name, boolean ifExists, boolean cascade) {
        CatalogSnapshot catalog = context.catalog();
        if (name.equals("pg_catalog")) {
            throw new DatabaseException(
                    SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                    "cannot drop schema pg_catalog because it is required by the database system");
        }
        if (catalog.schema(name) == null) {
            String message = "schema \"" + name + "\" does not exist";
            if (!ifExists) {
                throw new DatabaseException(SqlState.INVALID_SCHEMA_NAME, message);
            }
            context.notice(message + ", skipping");
            return;
        }
        Map<Integer, Table> tables = new LinkedHashMap<>();
        Map<Integer, View> views = new LinkedHashMap<>();
        List<String> contents = new ArrayList<>();
        Map<Integer, String> byAge = new TreeMap<>(Integer::compareUnsigned);
        for (Table table : catalog.tablesIn(name)) {
            tables.put(table.oid(), table);
            byAge.put(table.oid(), described(table));
        }
        for (View view : catalog.viewsIn(name)) {
            views.put(view.oid(), view);
            byAge.put(view.oid(), described(view));
        }
        List<Sequence> sequences = catalog.sequencesIn(name);
        for (Sequence sequence : sequences) {
            if (!tables.containsKey(sequence.ownerTableOid())) {
                byAge.put(sequence.oid(), "sequence " + context.names().shown(sequence));
            }
        }
        byAge.values().forEach(each -> contents.add(each + " depends on schema " + name));
        List<SequenceReferences.Use> uses =
                new SequenceReferences(context)
                        .usesOf(sequences).stream()
                                .filter(use -> !tables.containsKey(use.table().oid()))
                                .toList();
        uses.forEach(use -> contents.add(use.dependency(context.names())));
        if (!contents.isEmpty() && !cascade) {
            throw new DatabaseException(
                            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop schema " + name + " because other objects depend on it")
                    .withDetail(String.join("\n", contents))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        dropRelations(tables, views, contents, true);
        CatalogSnapshot.Builder builder = context.catalog().toBuilder().removeSchema(name);
        sequences.forEach(sequence -> builder.removeSequence(sequence.oid()));
        SequenceReferences.drop(builder, uses);
        context.change(builder);
    }
}
