package org.cladedb.catalog.system;

import java.util.ArrayList;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.words.SqlText;
import org.cladedb.types.NameParts;
import org.cladedb.types.ObjectNames;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.cladedb.types.TypeNames;
import org.jspecify.annotations.Nullable;

/// Turns OIDs into names and back, for one snapshot and search path.
final class SystemNames implements ObjectNames {
    private final CatalogSnapshot catalog;
    private final RelationDefinitions system;
    private final List<String> searchPath;

    SystemNames(CatalogSnapshot catalog, RelationDefinitions system, List<String> searchPath) {
        this.catalog = catalog;
        this.system = system;
        this.searchPath = List.copyOf(searchPath);
    }

    /// A relation, index or sequence by OID, with its schema.
    record Named(String schema, String name) {}

    @Nullable Named relation(int oid) {
        Table table = catalog.table(oid);
        if (table != null) {
            return new Named(table.schema(), table.name());
        }
        org.cladedb.catalog.View view = catalog.view(oid);
        if (view != null) {
            return new Named(view.schema(), view.name());
        }
        Sequence sequence = catalog.sequence(oid);
        if (sequence != null) {
            return new Named(sequence.schema(), sequence.name());
        }
        Table owner = catalog.tableOfIndex(oid);
        if (owner != null) {
            for (Index index : owner.indexes()) {
                if (index.oid() == oid) {
                    return new Named(owner.schema(), index.name());
                }
            }
        }
        Relation relation = system.find(oid);
        return relation == null ? null : new Named(relation.schema(), relation.name());
    }

    boolean isSystemView(int oid) {
        return system.kind(oid) == 'v';
    }

    /// The relation whose rows, or arrays of rows, are of the type; null when there is none.
    @Nullable Relation relationOfRowType(int oid) {
        Relation ofRows = anyRelation(Oids.relationOfRowType(oid));
        return ofRows != null ? ofRows : anyRelation(Oids.relationOfRowArray(oid));
    }

    private @Nullable Relation anyRelation(int oid) {
        Table table = catalog.table(oid);
        if (table != null) {
            return table;
        }
        Relation view = catalog.view(oid);
        return view != null ? view : system.find(oid);
    }

    /// The columns of a system relation; none when there is no such relation.
    List<Column> systemColumns(int oid) {
        for (Relation relation : system.all()) {
            if (relation.oid() == oid) {
                return relation.columns();
            }
        }
        return List.of();
    }

    /// The OID of a system relation; 0 when there is none.
    int systemOid(String schema, String name) {
        Relation found = system.find(schema, name);
        return found == null ? 0 : found.oid();
    }

    /// Whether the unqualified name means this object.
    boolean isVisible(Named named) {
        for (String schema : searchPath) {
            if (schema.equals(named.schema())) {
                return true;
            }
            if (exists(schema, named.name())) {
                return false;
            }
        }
        return false;
    }

    private boolean exists(String schema, String name) {
        return catalog.object(schema, name) != null || system.find(schema, name) != null;
    }

    @Override
    public String name(TypeKind kind, int oid) {
        String name =
                switch (kind) {
                    case REGCLASS -> {
                        Named named = relation(oid);
                        yield named == null ? null : shown(named);
                    }
                    case REGTYPE -> typeName(oid);
                    case REGNAMESPACE -> schemaName(oid);
                    case REGROLE -> Oids.roleName(oid);
                    case REGPROC -> procedureName(oid);
                    case REGPROCEDURE -> {
                        Procedures.Procedure found = Procedures.all().find(oid);
                        yield found == null
                                ? null
                                : new ProcedureText(found, type -> name(TypeKind.REGTYPE, type))
                                        .signature();
                    }
                    case REGOPER -> operatorName(oid);
                    default -> null;
                };
        return oid == 0 && name == null && kind != TypeKind.REGOPER
                ? "-"
                : name == null ? Integer.toUnsignedString(oid) : name;
    }

    /// Qualified when there are several of that name, though all are in one schema.
    private static @Nullable String procedureName(int oid) {
        Procedures.Procedure procedure = Procedures.all().find(oid);
        if (procedure == null) {
            return null;
        }
        String name = SqlText.identifier(procedure.name());
        return Procedures.all().named(procedure.name()).size() == 1 ? name : "pg_catalog." + name;
    }

    private static @Nullable String operatorName(int oid) {
        String name = OperatorFacts.name(oid);
        return name == null || OperatorFacts.isOnly(name) ? name : "pg_catalog." + name;
    }

    private String shown(Named named) {
        String name = SqlText.identifier(named.name());
        return isVisible(named) ? name : SqlText.identifier(named.schema()) + "." + name;
    }

    private @Nullable String typeName(int oid) {
        SqlType type = SqlType.byOid(oid);
        if (type != null) {
            // As in format_type, "bpchar" is for a type whose modifier is known to be none.
            return type.kind() == TypeKind.BPCHAR || isArrayOfCharacter(type)
                    ? TypeNames.format(type).replace("bpchar", "character")
                    : TypeNames.format(type);
        }
        String name = TypeRows.typeName(oid);
        if (name != null) {
            return name;
        }
        Relation relation = relationOfRowType(oid);
        if (relation == null) {
            return null;
        }
        String suffix = Oids.rowArray(relation.oid()) == oid ? "[]" : "";
        return shown(new Named(relation.schema(), relation.name())) + suffix;
    }

    private static boolean isArrayOfCharacter(SqlType type) {
        return type instanceof SqlType.Array array && array.element().kind() == TypeKind.BPCHAR;
    }

    @Nullable String schemaName(int oid) {
        return switch (oid) {
            case Oids.PG_CATALOG -> "pg_catalog";
            case Oids.INFORMATION_SCHEMA -> "information_schema";
            default -> {
                Schema schema = catalog.schema(oid);
                if (schema == null) {
                    yield null;
                }
                yield schema.name();
            }
        };
    }

    @Override
    public int oid(TypeKind kind, String name) {
        if (kind == TypeKind.REGTYPE) {
            return typeOid(name);
        }
        if (kind == TypeKind.REGPROCEDURE) {
            return procedureOid(name);
        }
        List<String> parts = parts(name);
        String last = parts.getLast();
        return switch (kind) {
            case REGCLASS -> relationOid(parts);
            case REGNAMESPACE -> schemaOid(last);
            case REGROLE -> Oids.role(last);
            case REGPROC ->
                    theOnly(
                            Procedures.all().named(last).stream()
                                    .filter(this::isShown)
                                    .map(Procedures.Procedure::oid)
                                    .toList());
            case REGOPER -> theOnly(OperatorFacts.named(last, system.available()));
            default -> -1;
        };
    }

    /// Whether it is a row of pg_proc.
    private boolean isShown(Procedures.Procedure procedure) {
        return procedure.referenced() || system.available().hasFunction(procedure.oid());
    }

    private static int theOnly(List<Integer> found) {
        return switch (found.size()) {
            case 0 -> -1;
            case 1 -> found.getFirst();
            default -> AMBIGUOUS;
        };
    }

    /// Of a name with the types of the arguments in parentheses.
    private int procedureOid(String text) {
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            throw new DatabaseException(
                    SqlState.INVALID_TEXT_REPRESENTATION,
                    open < 0 ? "expected a left parenthesis" : "expected a right parenthesis");
        }
        List<Integer> types = new ArrayList<>();
        String arguments = text.substring(open + 1, text.length() - 1);
        if (!arguments.isBlank()) {
            for (String argument : arguments.split(",", -1)) {
                String typeName = argument.strip();
                int type = typeOid(typeName);
                if (type == -1) {
                    throw new DatabaseException(
                            SqlState.UNDEFINED_OBJECT, "type \"" + typeName + "\" does not exist");
                }
                types.add(type);
            }
        }
        return Procedures.all().named(NameParts.parse(text.substring(0, open)).getLast()).stream()
                .filter(procedure -> isShown(procedure) && procedure.arguments().equals(types))
                .map(Procedures.Procedure::oid)
                .findFirst()
                .orElse(-1);
    }

    private int relationOid(List<String> parts) {
        List<String> schemas = parts.size() > 1 ? List.of(parts.get(parts.size() - 2)) : searchPath;
        for (String schema : schemas) {
            Object object = catalog.object(schema, parts.getLast());
            if (object == null) {
                object = system.find(schema, parts.getLast());
            }
            switch (object) {
                case Relation relation -> {
                    return relation.oid();
                }
                case Index index -> {
                    return index.oid();
                }
                case Sequence sequence -> {
                    return sequence.oid();
                }
                case null, default -> {}
            }
        }
        return -1;
    }

    private int typeOid(String name) {
        SqlType type = TypeNames.ofSqlText(name);
        if (type != null) {
            return type.oid();
        }
        boolean isArray = name.endsWith("[]");
        List<String> parts = parts(isArray ? name.substring(0, name.length() - 2) : name);
        int relation = relationOid(parts);
        if (relation == -1 || anyRelation(relation) == null) {
            return TypeRows.builtIn(parts, isArray);
        }
        return isArray ? Oids.rowArray(relation) : Oids.rowType(relation);
    }

    private int schemaOid(String name) {
        return switch (name) {
            case "pg_catalog" -> Oids.PG_CATALOG;
            case "information_schema" -> Oids.INFORMATION_SCHEMA;
            default -> {
                Schema schema = catalog.schema(name);
                yield schema == null ? -1 : schema.oid();
            }
        };
    }

    private static List<String> parts(String text) {
        List<String> parts = NameParts.parse(text);
        if (parts.size() > PARTS_MAX) {
            throw new DatabaseException(
                    SqlState.SYNTAX_ERROR,
                    "improper qualified name (too many dotted names): " + text);
        }
        return parts;
    }

    /// Database, schema and object.
    private static final int PARTS_MAX = 3;
}
