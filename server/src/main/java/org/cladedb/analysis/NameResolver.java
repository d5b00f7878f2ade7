package org.cladedb.analysis;

import java.util.List;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.TypedExpression;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// Finds the columns and range variables that names mean, from one query level outwards.
final class NameResolver {
    private final QueryScope scope;

    NameResolver(QueryScope scope) {
        this.scope = scope;
    }

    /// The column, or the whole row, that `name` means.
    TypedExpression resolve(QualifiedName name) {
        refuseInDefault(name.position());
        TypedExpression found = name.isQualified() ? qualified(name) : unqualified(name);
        scope.state().locate(found, name.position());
        return found;
    }

    private void refuseInDefault(int position) {
        if (scope.kind() == ExpressionKind.DEFAULT) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cannot use column reference in DEFAULT expression")
                    .at(position);
        }
    }

    private TypedExpression unqualified(QualifiedName written) {
        String name = written.last();
        int position = written.position();
        ScopeColumn column = findColumn(name, position);
        if (column != null) {
            note(written, column);
            return column.read();
        }
        RangeItem row = findItem(null, name, position);
        if (row != null) {
            if (scope.state().resolutions() != null) {
                scope.state().resolutions().row(written, row);
            }
            return row.wholeRow();
        }
        TypedExpression system = systemColumn(written);
        if (system != null) {
            return system;
        }
        throw ColumnSuggestions.missingColumn(scope, null, name, position);
    }

    private void note(QualifiedName written, ScopeColumn column) {
        Resolutions resolutions = scope.state().resolutions();
        if (resolutions != null) {
            resolutions.column(written, column);
        }
    }

    /// The column with this unqualified name; null when there is none.
    @Nullable ScopeColumn findColumn(String name, int position) {
        for (QueryScope level = scope; level != null; level = level.parent()) {
            ScopeColumn found = findColumnAt(level, name, position);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// Like [#findColumn] but in the innermost level only.
    @Nullable ScopeColumn findLocalColumn(String name, int position) {
        return findColumnAt(scope, name, position);
    }

    private static @Nullable ScopeColumn findColumnAt(QueryScope level, String name, int position) {
        ScopeColumn found = null;
        for (RangeItem item : level.items()) {
            if (!item.columnsVisible() || isHidden(level, item)) {
                continue;
            }
            ScopeColumn here = columnOf(item, name, position);
            if (here == null) {
                continue;
            }
            if (found != null) {
                throw ambiguousColumn(name, position);
            }
            checkLateral(item, position);
            found = here;
        }
        return found;
    }

    private static boolean isHidden(QueryScope level, RangeItem item) {
        return item.lateralOnly() && !level.lateralActive();
    }

    private static @Nullable ScopeColumn columnOf(RangeItem item, String name, int position) {
        ScopeColumn found = null;
        for (ScopeColumn column : item.columns()) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw ambiguousColumn(name, position);
                }
                found = column;
            }
        }
        return found;
    }

    private static DatabaseException ambiguousColumn(String name, int position) {
        return new DatabaseException(
                        SqlState.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous")
                .at(position);
    }

    private static void checkLateral(RangeItem item, int position) {
        if (item.lateralOnly() && !item.lateralAllowed()) {
            DatabaseException invalid =
                    new DatabaseException(
                                    SqlState.INVALID_COLUMN_REFERENCE,
                                    "invalid reference to FROM-clause entry for table \""
                                            + item.alias()
                                            + "\"")
                            .at(position);
            throw item.isTarget()
                    ? invalid.withHint(
                            "There is an entry for table \""
                                    + item.alias()
                                    + "\", but it cannot be referenced from this part of the"
                                    + " query.")
                    : invalid.withDetail(
                            "The combining JOIN type must be INNER or LEFT for a LATERAL"
                                    + " reference.");
        }
    }

    private TypedExpression qualified(QualifiedName name) {
        List<String> parts = name.parts();
        if (parts.size() > 4) {
            throw new DatabaseException(
                            SqlState.SYNTAX_ERROR,
                            "improper qualified name (too many dotted names): " + name.dotted())
                    .at(name.position());
        }
        QualifiedName relation = new QualifiedName(name.qualifier(), name.position());
        RangeItem item = item(relation);
        ScopeColumn column = columnOf(item, name.last(), name.position());
        if (column != null) {
            note(name, column);
            return column.read();
        }
        TypedExpression system = systemColumn(item, name);
        if (system != null) {
            return system;
        }
        throw ColumnSuggestions.missingColumn(scope, relation.last(), name.last(), name.position());
    }

    /// The range variable that `name` means.
    RangeItem item(QualifiedName name) {
        refuseCatalogName(name);
        String schema = name.isQualified() ? name.qualifier().getLast() : null;
        RangeItem item = findItem(schema, name.last(), name.position());
        if (item == null) {
            throw ColumnSuggestions.missingItem(scope, name.last(), name.position());
        }
        return item;
    }

    private static void refuseCatalogName(QualifiedName name) {
        if (name.parts().size() > 2) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cross-database references are not implemented: " + name.dotted())
                    .at(name.position());
        }
    }

    @Nullable RangeItem findItem(@Nullable String schema, String name, int position) {
        for (QueryScope level = scope; level != null; level = level.parent()) {
            RangeItem found = null;
            for (RangeItem item : level.items()) {
                if (!item.relationVisible()
                        || isHidden(level, item)
                        || !matches(item, schema, name)) {
                    continue;
                }
                if (found != null) {
                    throw new DatabaseException(
                                    SqlState.AMBIGUOUS_ALIAS,
                                    "table reference \"" + name + "\" is ambiguous")
                            .at(position);
                }
                checkLateral(item, position);
                found = item;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean matches(RangeItem item, @Nullable String schema, String name) {
        if (schema == null) {
            return name.equals(item.alias());
        }
        Relation relation = item.relation();
        return item.isNamedAsRelation()
                && relation != null
                && relation.name().equals(name)
                && relation.schema().equals(schema);
    }

    private @Nullable TypedExpression systemColumn(QualifiedName written) {
        String name = written.last();
        if (!Column.SYSTEM_NAMES.contains(name)) {
            return null;
        }
        TypedExpression found = null;
        for (RangeItem item : scope.items()) {
            TypedExpression here = systemColumn(item, written);
            if (here != null && found != null) {
                throw ambiguousColumn(name, written.position());
            }
            found = here == null ? found : here;
        }
        return found;
    }

    private @Nullable TypedExpression systemColumn(RangeItem item, QualifiedName written) {
        String name = written.last();
        if (!Column.SYSTEM_NAMES.contains(name) || item.relation() == null) {
            return null;
        }
        if (name.equals("tableoid") && !(item.relation() instanceof View)) {
            if (scope.state().resolutions() != null) {
                scope.state().resolutions().systemColumn(written, item);
            }
            return new TypedExpression.Constant(
                    Datum.ofLong(Integer.toUnsignedLong(item.relation().oid())), SqlType.OID);
        }
        throw new DatabaseException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "system column \"" + name + "\" is not supported")
                .at(written.position());
    }
}
