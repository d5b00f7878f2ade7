package org.cladedb.catalog.system;

/// The OIDs of the catalogs themselves, as `pg_depend.classid` and its like name them.
final class CatalogIds {
    static final int TYPE = 1247;
    static final int PROCEDURE = 1255;
    static final int CLASS = 1259;
    static final int ROLE = 1260;
    static final int DATABASE = 1262;
    static final int TABLESPACE = 1213;
    static final int ACCESS_METHOD = 2601;
    static final int DEFAULT = 2604;
    static final int CAST = 2605;
    static final int CONSTRAINT = 2606;
    static final int LANGUAGE = 2612;
    static final int NAMESPACE = 2615;
    static final int OPERATOR_CLASS = 2616;
    static final int OPERATOR = 2617;
    static final int RULE = 2618;
    static final int OPERATOR_FAMILY = 2753;
    static final int COLLATION = 3456;

    private CatalogIds() {}
}
