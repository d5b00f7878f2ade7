package org.cladedb.catalog.system;

import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.ObjectIdentity;
import org.cladedb.sql.words.SqlText;
import org.cladedb.stored.Layout;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Answers catalog functions for one snapshot and search path.
final class SystemAccess implements CatalogAccess {
    private final CatalogSnapshot catalog;
    private final SystemNames names;

    SystemAccess(CatalogSnapshot catalog, RelationDefinitions system, List<String> searchPath) {
        this.catalog = catalog;
        names = new SystemNames(catalog, system, searchPath);
    }

    @Override
    public String formatType(int typeOid, int modifier) {
        SqlType type = SqlType.byOid(typeOid);
        if (type == null) {
            String name = typeOid == 0 ? "-" : names.name(TypeKind.REGTYPE, typeOid);
            return Integer.toUnsignedString(typeOid).equals(name) ? "???" : name;
        }
        SqlType full =
                switch (type) {
                    case SqlType.Array(SqlType.Scalar element) ->
                            SqlType.arrayOf(withModifier(element.kind(), modifier));
                    case SqlType.Scalar scalar -> withModifier(scalar.kind(), modifier);
                    case SqlType other -> other;
                };
        return TypeNames.format(full);
    }

    /// Modifiers of lengths are 4 and more.
    private static SqlType.Scalar withModifier(TypeKind kind, int modifier) {
        boolean isLength =
                kind == TypeKind.BPCHAR || kind == TypeKind.VARCHAR || kind == TypeKind.NUMERIC;
        return new SqlType.Scalar(kind, isLength && modifier < 4 ? -1 : modifier);
    }

    @Override
    public @Nullable String constraintDefinition(int constraintOid, boolean pretty) {
        return Definitions.constraint(catalog, names, constraintOid, pretty);
    }

    @Override
    public @Nullable String indexDefinition(int indexOid, int column, boolean pretty) {
        return Definitions.index(catalog, pretty ? names : null, indexOid, column);
    }

    @Override
    public @Nullable String viewDefinition(int viewOid, boolean pretty, int wrapColumn) {
        View view = catalog.view(viewOid);
        return view == null
                ? null
                : new StoredDisplay(catalog, names)
                        .view(view, new Layout(pretty, true, wrapColumn));
    }

    @Override
    public @Nullable String ruleDefinition(int ruleOid, boolean pretty) {
        View view = catalog.view(Oids.viewOfRule(ruleOid));
        if (view == null || Oids.rule(view.oid()) != ruleOid) {
            return null;
        }
        return "CREATE RULE %s AS\n    ON SELECT TO %s.%s DO INSTEAD %s"
                .formatted(
                        SqlText.identifier(RuleRows.NAME),
                        SqlText.identifier(view.schema()),
                        SqlText.identifier(view.name()),
                        viewDefinition(view.oid(), pretty, 0));
    }

    @Override
    public @Nullable ObjectIdentity identity(int classOid, int oid, int part) {
        return new ObjectDescriptions(catalog, names).find(classOid, oid, part);
    }

    @Override
    public boolean isTable(int oid) {
        return catalog.table(oid) != null;
    }

    @Override
    public @Nullable String viewDefinition(String viewName, boolean pretty) {
        int oid = names.oid(TypeKind.REGCLASS, viewName);
        if (oid <= 0) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_TABLE, "relation \"" + viewName + "\" does not exist");
        }
        return viewDefinition(oid, pretty, 0);
    }

    @Override
    public @Nullable String expressionText(String stored, int relationOid, boolean pretty) {
        return new StoredDisplay(catalog, names)
                .expression(
                        stored, catalog.table(relationOid), pretty ? Layout.PRETTY : Layout.PLAIN);
    }

    @Override
    public @Nullable String serialSequence(String tableName, String columnName) {
        int oid = names.oid(TypeKind.REGCLASS, tableName);
        Table table = catalog.table(oid);
        Column column = table == null ? null : table.column(columnName);
        if (table == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_TABLE, "relation \"" + tableName + "\" does not exist");
        }
        if (column == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_COLUMN,
                    "column \"%s\" of relation \"%s\" does not exist"
                            .formatted(columnName, table.name()));
        }
        for (Sequence sequence : catalog.ownedSequences(oid)) {
            if (sequence.ownerColumn() == column.number()) {
                return SqlText.identifier(sequence.schema())
                        + "."
                        + SqlText.identifier(sequence.name());
            }
        }
        return null;
    }

    @Override
    public String userName(int roleOid) {
        String name = Oids.roleName(roleOid);
        return name != null ? name : "unknown (OID=" + Integer.toUnsignedString(roleOid) + ")";
    }

    @Override
    public @Nullable String functionText(int functionOid, String what) {
        Procedures.Procedure procedure = Procedures.all().find(functionOid);
        if (procedure == null) {
            return null;
        }
        ProcedureText text = new ProcedureText(procedure, type -> formatType(type, -1));
        return switch (what) {
            case "result" -> text.result();
            case "arguments" -> text.arguments(true);
            case "identity_arguments" -> text.arguments(false);
            default -> null;
        };
    }

    @Override
    public @Nullable Boolean isVisible(TypeKind registeredAs, int oid) {
        if (registeredAs != TypeKind.REGCLASS) {
            return true;
        }
        SystemNames.Named named = names.relation(oid);
        return named == null ? null : names.isVisible(named);
    }

    @Override
    public @Nullable String description(int objectOid, String catalogName, int subId) {
        boolean isThere =
                catalogName.isEmpty()
                        || catalogName.equals(ServerRows.catalogName(catalog, objectOid));
        return isThere ? catalog.comment(objectOid, subId) : null;
    }

    @Override
    public @Nullable Long relationSize(int relationOid) {
        // Tables of a group lie between each other, and nobody counts their bytes.
        return null;
    }

    @Override
    public @Nullable Boolean hasPrivilege(TypeKind objectKind, int objectOid, String privilege) {
        if (objectKind == TypeKind.REGNAMESPACE) {
            boolean exists =
                    objectOid == Oids.PG_CATALOG
                            || objectOid == Oids.INFORMATION_SCHEMA
                            || catalog.schema(objectOid) != null;
            return exists ? true : null;
        }
        if (objectKind == TypeKind.REGCLASS) {
            return names.relation(objectOid) == null ? null : true;
        }
        return true;
    }
}
