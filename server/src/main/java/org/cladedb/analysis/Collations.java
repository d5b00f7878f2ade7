package org.cladedb.analysis;

import java.util.List;
import java.util.Set;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.sql.ast.QualifiedName;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// Collations by name. Those that exist here all compare bytes.
public final class Collations {
    /// What types with text have when nobody says otherwise.
    static final String DEFAULT = "default";

    private static final String C = "C";
    private static final Set<String> BY_BYTES = Set.of(DEFAULT, C, "POSIX", "ucs_basic");
    private static final Set<String> BY_LANGUAGE =
            Set.of("unicode", "pg_c_utf8", "pg_unicode_fast");
    private static final String CATALOG = "pg_catalog";

    private Collations() {}

    /// The collation that `name` means.
    ///
    /// @throws DatabaseException 42704 or 3F000 when there is none, 0A000 for one of PostgreSQL's
    ///   that does not compare bytes
    public static String resolve(QualifiedName name, CatalogSnapshot catalog) {
        requireSchema(name, catalog);
        String last = name.last();
        boolean builtIn = !name.isQualified() || name.qualifier().getFirst().equals(CATALOG);
        if (builtIn && BY_BYTES.contains(last)) {
            return last;
        }
        if (builtIn && (BY_LANGUAGE.contains(last) || last.endsWith("-x-icu"))) {
            throw ExpressionAnalyzer.unsupported(
                    "collation \"" + name.dotted() + "\" is", name.position());
        }
        throw new DatabaseException(
                        SqlState.UNDEFINED_OBJECT,
                        "collation \"" + name.dotted() + "\" for encoding \"UTF8\" does not exist")
                .at(name.position());
    }

    private static void requireSchema(QualifiedName name, CatalogSnapshot catalog) {
        List<String> qualifier = name.qualifier();
        if (qualifier.size() > 1) {
            throw new DatabaseException(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "cross-database references are not implemented: " + name.dotted())
                    .at(name.position());
        }
        if (name.isQualified()
                && !qualifier.getFirst().equals(CATALOG)
                && !qualifier.getFirst().equals("information_schema")
                && catalog.schema(qualifier.getFirst()) == null) {
            throw new DatabaseException(
                            SqlState.INVALID_SCHEMA_NAME,
                            "schema \"" + qualifier.getFirst() + "\" does not exist")
                    .at(name.position());
        }
    }

    /// The explicit collation of a column of this type, null for the default one.
    ///
    /// @param written null when no collation is given
    public static @Nullable String ofColumn(
            SqlType type, @Nullable QualifiedName written, CatalogSnapshot catalog) {
        if (written == null) {
            return null;
        }
        String name = ofIndex(type, written, catalog);
        return name.equals(DEFAULT) ? null : name;
    }

    /// The collation that a column of an index names.
    ///
    /// @throws DatabaseException 42804 for a type without collations
    public static String ofIndex(SqlType type, QualifiedName written, CatalogSnapshot catalog) {
        String name = resolve(written, catalog);
        requireCollatable(type, written.position());
        return name;
    }

    static void requireCollatable(SqlType type, int position) {
        if (!isCollatable(type)) {
            throw new DatabaseException(
                            SqlState.DATATYPE_MISMATCH,
                            "collations are not supported by type " + TypeText.of(type))
                    .at(position);
        }
    }

    /// Whether values of the type compare by a collation: text, and arrays of it.
    static boolean isCollatable(SqlType type) {
        return switch (type) {
            case SqlType.Array array -> isCollatable(array.element());
            case SqlType.Row _ -> false;
            case SqlType.Scalar scalar ->
                    switch (scalar.kind()) {
                        case TEXT, VARCHAR, BPCHAR, NAME -> true;
                        default -> false;
                    };
        };
    }

    /// The collation of the type itself.
    public static String ofType(SqlType type) {
        return type.kind() == TypeKind.NAME
                        || (type instanceof SqlType.Array array
                                && array.element().kind() == TypeKind.NAME)
                ? C
                : DEFAULT;
    }
}
