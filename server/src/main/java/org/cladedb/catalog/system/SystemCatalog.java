package org.cladedb.catalog.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Relation;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.SystemRelations;
import org.cladedb.catalog.SystemSearch;
import org.cladedb.catalog.SystemTable;
import org.cladedb.functions.CatalogAccess;
import org.cladedb.functions.FunctionRegistry;
import org.cladedb.types.Datum;
import org.cladedb.types.ObjectNames;
import org.jspecify.annotations.Nullable;

/// The system relations and their rows; the entry point of this package. Safe for any thread.
///
/// Rows are made when they are first asked for and kept until rows of another catalog snapshot are,
/// so that the many questions of a client about one catalog cost no more than a scan each.
public final class SystemCatalog implements SystemRelations {
    /// Produces the rows of one relation.
    private interface Source {
        void fill(Snapshot snapshot, Rows rows);
    }

    /// Relations that show sessions, or what changes without the catalog: their rows are never
    /// kept.
    private static final Set<String> LIVE =
            Set.of(
                    "pg_settings",
                    "pg_stat_activity",
                    "pg_locks",
                    "pg_stat_database",
                    "pg_stat_database_conflicts",
                    "pg_stat_ssl",
                    "pg_stat_gssapi",
                    "pg_database",
                    "pg_sequences",
                    "pg_prepared_statements",
                    "pg_cursors",
                    "pg_timezone_names",
                    "pg_timezone_abbrevs",
                    "clade_store");

    /// Rows by relation, of one catalog seen from one database.
    private record Kept(
            CatalogSnapshot catalog, String database, Map<Integer, List<List<Datum>>> rows) {}

    /// Of the relations that are the same in every catalog.
    private final Map<Integer, List<List<Datum>>> fixed = new ConcurrentHashMap<>();

    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();
    private final RelationDefinitions definitions;
    private final Map<String, Source> sources = new HashMap<>();

    /// Of the columns of the fixed relations, by OID.
    private final Map<Integer, Map<String, Integer>> positions = new ConcurrentHashMap<>();

    /// @param functions what can be called
    public SystemCatalog(FunctionRegistry functions) {
        definitions = new RelationDefinitions(functions);
        catalog("pg_class", TableRows::classes);
        catalog("pg_attribute", TableRows::attributes);
        catalog("pg_attrdef", TableRows::defaults);
        catalog("pg_index", TableRows::indexes);
        catalog("pg_constraint", TableRows::constraints);
        catalog("pg_type", TypeRows::types);
        FixedRows.RELATIONS.forEach(name ->
                catalog(
                        name,
                        (snapshot, rows) ->
                                FixedRows.fill(name, snapshot.system().available(), rows)));
        catalog("pg_namespace", ServerRows::namespaces);
        catalog("pg_database", ServerRows::databases);
        catalog("pg_roles", (_, rows) -> ServerRows.roles(rows));
        catalog("pg_authid", (_, rows) -> ServerRows.roles(rows));
        catalog("pg_user", (_, rows) -> ServerRows.users(rows));
        catalog("pg_shadow", (_, rows) -> ServerRows.users(rows));
        catalog("pg_settings", ServerRows::settings);
        catalog("pg_stat_activity", ServerRows::activity);
        catalog("pg_locks", ServerRows::locks);
        catalog("pg_prepared_statements", ServerRows::preparedStatements);
        catalog("pg_cursors", ServerRows::cursors);
        catalog("pg_timezone_names", ServerRows::timeZones);
        catalog("pg_timezone_abbrevs", ServerRows::timeZoneAbbreviations);
        catalog("pg_trigger", TriggerRows::fill);
        catalog("clade_store", ServerRows::store);
        catalog("pg_tablespace", (_, rows) -> ServerRows.tablespaces(rows));
        catalog("pg_description", ServerRows::descriptions);
        catalog("pg_sequence", ServerRows::sequences);
        catalog("pg_sequences", ServerRows::sequencesView);
        catalog("pg_tables", ServerRows::tables);
        catalog("pg_group", (_, rows) -> ServerRows.groups(rows));
        statistics();
        catalog("pg_views", ServerRows::views);
        catalog("pg_indexes", ServerRows::indexes);
        catalog("pg_depend", DependencyRows::fill);
        catalog("pg_rewrite", RuleRows::fill);
        information("tables", InformationTables::tables);
        information("columns", InformationTables::columns);
        information("schemata", InformationTables::schemata);
        information("views", InformationTables::views);
        information("sequences", InformationTables::sequences);
        information("information_schema_catalog_name", InformationTables::catalogName);
        information("table_constraints", InformationConstraints::tableConstraints);
        information("key_column_usage", InformationConstraints::keyColumns);
        information("referential_constraints", InformationConstraints::referentialConstraints);
        information("constraint_column_usage", InformationConstraints::constraintColumns);
        information("constraint_table_usage", InformationConstraints::constraintTables);
        information("check_constraints", InformationConstraints::checks);
        information("table_privileges", InformationPrivileges::tables);
        information("role_table_grants", InformationPrivileges::tables);
        information("column_privileges", InformationPrivileges::columns);
        information("role_column_grants", InformationPrivileges::columns);
        information("udt_privileges", InformationPrivileges::rowTypes);
        information("role_udt_grants", InformationPrivileges::rowTypes);
        information("routine_privileges", InformationPrivileges::routines);
        information("role_routine_grants", InformationPrivileges::routines);
        information("usage_privileges", InformationPrivileges::usage);
        information("role_usage_grants", InformationPrivileges::usage);
        information("enabled_roles", InformationPrivileges::enabledRoles);
        information("applicable_roles", InformationPrivileges::applicableRoles);
        information("view_table_usage", InformationViews::tables);
        information("view_column_usage", InformationViews::columns);
        information("column_column_usage", InformationViews::generated);
        information("column_udt_usage", InformationViews::types);
        information("data_type_privileges", InformationViews::descriptors);
        information("element_types", InformationViews::elements);
        information("routines", InformationRoutines::routines);
        information("parameters", InformationRoutines::parameters);
        information("collations", InformationFacts::collations);
        information("collation_character_set_applicability", InformationFacts::collations);
        information("character_sets", InformationFacts::characterSets);
        for (String name : List.of("sql_sizing", "sql_implementation_info")) {
            information(
                    name,
                    (snapshot, rows) -> FixedRows.fill(name, snapshot.system().available(), rows));
        }
    }

    private void statistics() {
        for (String prefix : List.of("pg_stat_", "pg_stat_xact_", "pg_statio_")) {
            catalog(prefix + "all_tables", StatisticsRows::allTables);
            catalog(prefix + "sys_tables", StatisticsRows::systemTables);
            catalog(prefix + "user_tables", StatisticsRows::userTables);
        }
        for (String which : List.of("all", "user")) {
            catalog("pg_stat_" + which + "_indexes", StatisticsRows::indexes);
            catalog("pg_statio_" + which + "_indexes", StatisticsRows::indexes);
            catalog("pg_statio_" + which + "_sequences", StatisticsRows::sequences);
        }
        catalog("pg_stat_database", StatisticsRows::databases);
        catalog("pg_stat_database_conflicts", StatisticsRows::databases);
        catalog("pg_stat_ssl", StatisticsRows::encryption);
        catalog("pg_stat_gssapi", StatisticsRows::encryption);
    }

    private void catalog(String name, Source source) {
        sources.put("pg_catalog." + name, source);
    }

    private void information(String name, Source source) {
        sources.put("information_schema." + name, source);
    }

    @Override
    public @Nullable Relation find(String schema, String name) {
        return definitions.find(schema, name);
    }

    @Override
    public List<Relation> all() {
        return List.copyOf(definitions.all());
    }

    /// The rows of a system relation that a search is for, perhaps with others; all of them without
    /// one. A row has one cell per column. They are not to be changed.
    public List<List<Datum>> rows(
            SystemTable table,
            @Nullable SystemSearch search,
            CatalogSnapshot catalog,
            SystemSession session) {
        if (search != null) {
            String column = table.columns().get(search.slot() - 1).name();
            Lookups.Way way = Lookups.of(table.name(), column);
            if (way != null) {
                Focus focus = Focus.on(catalog, definitions, way, search.values());
                return make(table, new Snapshot(catalog, definitions, session, focus));
            }
        }
        return all(table, catalog, session);
    }

    private List<List<Datum>> all(
            SystemTable table, CatalogSnapshot catalog, SystemSession session) {
        Sequence sequence = catalog.sequence(table.oid());
        if (sequence != null) {
            Rows rows = new Rows(table, positions(table));
            ServerRows.sequence(session.sequence(sequence), rows);
            return rows.done();
        }
        if (LIVE.contains(table.name())) {
            return make(table, new Snapshot(catalog, definitions, session, null));
        }
        Snapshot snapshot = new Snapshot(catalog, definitions, session, null);
        if (FixedRows.RELATIONS.contains(table.name())) {
            return fixed.computeIfAbsent(table.oid(), _ -> make(table, snapshot));
        }
        Kept current = kept.get();
        if (current == null
                || current.catalog() != catalog
                || !current.database().equals(session.databaseName())) {
            current = new Kept(catalog, session.databaseName(), new ConcurrentHashMap<>());
            kept.set(current);
        }
        return current.rows().computeIfAbsent(table.oid(), _ -> make(table, snapshot));
    }

    private Map<String, Integer> positions(SystemTable table) {
        Map<String, Integer> known = positions.get(table.oid());
        if (known != null) {
            return known;
        }
        return definitions.find(table.oid()) == null
                ? Rows.positions(table)
                : positions.computeIfAbsent(table.oid(), _ -> Rows.positions(table));
    }

    private List<List<Datum>> make(SystemTable table, Snapshot snapshot) {
        Rows rows = new Rows(table, positions(table));
        Source source = sources.get(table.schema() + "." + table.name());
        if (source != null) {
            source.fill(snapshot, rows);
        }
        return rows.done();
    }

    /// Names for the reg… types.
    public ObjectNames names(CatalogSnapshot catalog, List<String> searchPath) {
        return new SystemNames(catalog, definitions, searchPath);
    }

    /// What catalog functions ask.
    public CatalogAccess access(CatalogSnapshot catalog, List<String> searchPath) {
        return new SystemAccess(catalog, definitions, searchPath);
    }
}
