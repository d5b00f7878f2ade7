package org.cladedb.catalog.system;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.DatabaseDefinition;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.stored.Layout;
import org.cladedb.types.TimeZone;
import org.cladedb.types.TimeZones;
import org.cladedb.types.ZoneAbbreviation;

/// Namespaces, databases, roles, settings, comments, sequences, and the pg_tables family of views.
final class ServerRows {
    private static final String OWNER = "postgres";
    private static final int UTF8 = 6;
    private static final int PG_CLASS = 1259;
    private static final int PG_CONSTRAINT = 2606;
    private static final int PG_NAMESPACE = 2615;

    private ServerRows() {}

    static void namespaces(Snapshot snapshot, Rows rows) {
        namespace(rows, Oids.PG_CATALOG, "pg_catalog", Oids.OWNER);
        namespace(rows, Oids.INFORMATION_SCHEMA, "information_schema", Oids.OWNER);
        for (Schema schema : snapshot.catalog().schemas()) {
            boolean isPublic = schema.name().equals("public");
            int owner = isPublic ? Oids.DATABASE_OWNER : Oids.OWNER;
            namespace(rows, schema.oid(), schema.name(), owner);
        }
    }

    private static void namespace(Rows rows, int oid, String name, int owner) {
        rows.row().set("oid", oid).set("nspname", name).set("nspowner", owner);
    }

    static void databases(Snapshot snapshot, Rows rows) {
        for (DatabaseDefinition database : snapshot.session().databases()) {
            rows.row()
                    .set("oid", database.oid())
                    .set("datname", database.name())
                    .set("datdba", Oids.OWNER)
                    .set("encoding", UTF8)
                    .set("datlocprovider", "c")
                    .set("datistemplate", database.template())
                    .set("datallowconn", database.allowsConnections())
                    .set("dathasloginevt", false)
                    .set("datconnlimit", database.connectionsMax())
                    .set("datfrozenxid", 0)
                    .set("datminmxid", 0)
                    .set("dattablespace", Oids.TABLESPACE_DEFAULT)
                    .set("datcollate", "C")
                    .set("datctype", "C");
        }
    }

    static void roles(Rows rows) {
        users(rows);
        for (String[] line : Oids.PREDEFINED_ROLES) {
            rows.row()
                    .set("oid", Integer.parseInt(line[0]))
                    .set("rolname", line[1])
                    .set("rolsuper", false)
                    .set("rolinherit", true)
                    .set("rolcreaterole", false)
                    .set("rolcreatedb", false)
                    .set("rolcanlogin", false)
                    .set("rolreplication", false)
                    .set("rolbypassrls", false)
                    .set("rolconnlimit", -1);
        }
    }

    /// The roles that may log in.
    static void users(Rows rows) {
        rows.row()
                .set("oid", Oids.OWNER)
                .set("rolname", OWNER)
                .set("rolsuper", true)
                .set("rolinherit", true)
                .set("rolcreaterole", true)
                .set("rolcreatedb", true)
                .set("rolcanlogin", true)
                .set("rolreplication", true)
                .set("rolbypassrls", true)
                .set("rolconnlimit", -1)
                .set("usename", OWNER)
                .set("usesysid", Oids.OWNER)
                .set("usecreatedb", true)
                .set("usesuper", true)
                .set("userepl", true)
                .set("usebypassrls", true);
    }

    /// The roles that may not log in, with their members.
    static void groups(Rows rows) {
        FixedRows members = FixedRows.of("pg_auth_members");
        for (String[] role : Oids.PREDEFINED_ROLES) {
            rows.row()
                    .set("groname", role[1])
                    .set("grosysid", Integer.parseInt(role[0]))
                    .set(
                            "grolist",
                            members.lines().stream()
                                    .filter(line ->
                                            line[members.position("roleid")].equals(role[0]))
                                    .map(line -> Integer.valueOf(line[members.position("member")]))
                                    .toList());
        }
    }

    static void settings(Snapshot snapshot, Rows rows) {
        for (SystemSession.Setting setting : snapshot.session().settings()) {
            rows.row()
                    .set("name", setting.name())
                    .set("setting", setting.value())
                    .set("unit", setting.unit())
                    .set("category", setting.category())
                    .set("short_desc", setting.description())
                    .set("context", setting.context())
                    .set("vartype", setting.type())
                    .set("source", setting.source())
                    .set("min_val", setting.minimum())
                    .set("max_val", setting.maximum())
                    .set("enumvals", setting.choices())
                    .set("boot_val", setting.builtInValue())
                    .set("reset_val", setting.resetValue())
                    .set("pending_restart", false);
        }
    }

    static void preparedStatements(Snapshot snapshot, Rows rows) {
        for (SystemSession.Prepared prepared : snapshot.session().preparedStatements()) {
            rows.row()
                    .set("name", prepared.name())
                    .set("statement", prepared.text())
                    .set("prepare_time", prepared.preparedMicros())
                    .set("parameter_types", prepared.parameterTypes())
                    .set("result_types", prepared.resultTypes())
                    .set("from_sql", prepared.fromSql());
        }
    }

    static void cursors(Snapshot snapshot, Rows rows) {
        for (SystemSession.Cursor cursor : snapshot.session().cursors()) {
            rows.row()
                    .set("name", cursor.name())
                    .set("statement", cursor.statement())
                    .set("is_holdable", cursor.holdable())
                    .set("is_binary", cursor.binary())
                    .set("is_scrollable", false)
                    .set("creation_time", cursor.createdMicros());
        }
    }

    static void timeZones(Snapshot snapshot, Rows rows) {
        long now = snapshot.session().nowMicros();
        for (String name : TimeZones.names()) {
            TimeZone zone = TimeZones.find(name);
            if (zone != null) {
                rows.row()
                        .set("name", name)
                        .set("abbrev", zone.abbreviation(now))
                        .set("utc_offset", Duration.ofSeconds(zone.offsetSeconds(now)))
                        .set("is_dst", zone.isDaylightSaving(now));
            }
        }
    }

    /// The session's zone has a say in what an abbreviation means.
    static void timeZoneAbbreviations(Snapshot snapshot, Rows rows) {
        long now = snapshot.session().nowMicros();
        TimeZone zone = snapshot.session().timeZone();
        Set<String> names = new TreeSet<>(zone.abbreviations());
        ZoneAbbreviation.all().forEach(each -> names.add(each.name()));
        for (String name : names) {
            ZoneAbbreviation meaning = ZoneAbbreviation.find(name, zone);
            if (meaning != null) {
                rows.row()
                        .set("abbrev", name)
                        .set("utc_offset", Duration.ofSeconds(meaning.offsetSecondsAt(now)))
                        .set("is_dst", meaning.isDaylightAt(now));
            }
        }
    }

    static void activity(Snapshot snapshot, Rows rows) {
        for (SystemSession.Activity activity : snapshot.session().activity()) {
            rows.row()
                    .set("datid", activity.databaseOid())
                    .set("datname", activity.databaseName())
                    .set("pid", activity.pid())
                    .set("usesysid", Oids.OWNER)
                    .set("usename", activity.user())
                    .set("application_name", activity.applicationName())
                    .set("state", activity.state())
                    .set("query", activity.query())
                    .set("backend_type", "client backend");
        }
    }

    static void locks(Snapshot snapshot, Rows rows) {
        for (SystemSession.Lock lock : snapshot.session().locks()) {
            rows.row()
                    .set("locktype", "relation")
                    .set("database", lock.databaseOid())
                    .set("relation", lock.relationOid())
                    .set("pid", lock.pid())
                    .set("mode", lock.mode())
                    .set("granted", lock.granted())
                    .set("fastpath", lock.fast());
        }
        for (SystemSession.AdvisoryLock lock : snapshot.session().advisoryLocks()) {
            rows.row()
                    .set("locktype", "advisory")
                    .set("database", lock.databaseOid())
                    .set("classid", Integer.toUnsignedLong(lock.upper()))
                    .set("objid", Integer.toUnsignedLong(lock.lower()))
                    .set("objsubid", lock.part())
                    .set("pid", lock.pid())
                    .set("mode", lock.shared() ? "ShareLock" : "ExclusiveLock")
                    .set("granted", lock.granted())
                    .set("fastpath", false);
        }
    }

    static void store(Snapshot snapshot, Rows rows) {
        Rows row = rows.row();
        snapshot.session().store().forEach(row::set);
    }

    static void tablespaces(Rows rows) {
        rows.row()
                .set("oid", Oids.TABLESPACE_DEFAULT)
                .set("spcname", "pg_default")
                .set("spcowner", Oids.OWNER);
        rows.row()
                .set("oid", Oids.TABLESPACE_GLOBAL)
                .set("spcname", "pg_global")
                .set("spcowner", Oids.OWNER);
    }

    static void descriptions(Snapshot snapshot, Rows rows) {
        CatalogSnapshot catalog = snapshot.catalog();
        catalog.forEachComment((key, text) ->
                rows.row()
                        .set("objoid", key.objectOid())
                        .set("classoid", catalogOf(catalog, key.objectOid()))
                        .set("objsubid", key.subId())
                        .set("description", text));
    }

    private static int catalogOf(CatalogSnapshot catalog, int oid) {
        return switch (catalogName(catalog, oid)) {
            case "pg_namespace" -> PG_NAMESPACE;
            case "pg_class" -> PG_CLASS;
            default -> PG_CONSTRAINT;
        };
    }

    /// The catalog that an object of the database is listed in.
    static String catalogName(CatalogSnapshot catalog, int oid) {
        if (catalog.schema(oid) != null) {
            return "pg_namespace";
        }
        boolean isRelation =
                catalog.table(oid) != null
                        || catalog.view(oid) != null
                        || catalog.sequence(oid) != null
                        || catalog.tableOfIndex(oid) != null;
        return isRelation ? "pg_class" : "pg_constraint";
    }

    static void sequences(Snapshot snapshot, Rows rows) {
        for (Sequence sequence : snapshot.sequences()) {
            rows.row()
                    .set("seqrelid", sequence.oid())
                    .set("seqtypid", sequence.type().oid())
                    .set("seqstart", sequence.start())
                    .set("seqincrement", sequence.increment())
                    .set("seqmax", sequence.maximum())
                    .set("seqmin", sequence.minimum())
                    .set("seqcache", sequence.cache())
                    .set("seqcycle", sequence.cycle());
        }
    }

    static void sequencesView(Snapshot snapshot, Rows rows) {
        for (Sequence sequence : snapshot.sequences()) {
            rows.row()
                    .set("schemaname", sequence.schema())
                    .set("sequencename", sequence.name())
                    .set("sequenceowner", OWNER)
                    .set("data_type", sequence.type().oid())
                    .set("start_value", sequence.start())
                    .set("min_value", sequence.minimum())
                    .set("max_value", sequence.maximum())
                    .set("increment_by", sequence.increment())
                    .set("cycle", sequence.cycle())
                    .set("cache_size", sequence.cache());
            SystemSession.SequenceState state = snapshot.session().sequence(sequence);
            if (state.called()) {
                rows.set("last_value", state.lastValue());
            }
        }
    }

    /// The one row of a sequence that is read as a table.
    static void sequence(SystemSession.SequenceState state, Rows rows) {
        rows.row()
                .set("last_value", state.lastValue())
                .set("log_cnt", 0)
                .set("is_called", state.called());
    }

    static void tables(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            rows.row()
                    .set("schemaname", table.schema())
                    .set("tablename", table.name())
                    .set("tableowner", OWNER)
                    .set("hasindexes", !table.indexes().isEmpty())
                    .set("hasrules", false)
                    .set("hastriggers", TableRows.hasForeignKeys(snapshot, table))
                    .set("rowsecurity", false);
        }
    }

    static void views(Snapshot snapshot, Rows rows) {
        StoredDisplay display = StoredDisplay.of(snapshot);
        for (View view : snapshot.views()) {
            rows.row()
                    .set("schemaname", view.schema())
                    .set("viewname", view.name())
                    .set("viewowner", OWNER)
                    .set("definition", display.view(view, Layout.PLAIN));
        }
    }

    static void indexes(Snapshot snapshot, Rows rows) {
        for (Table table : snapshot.tables()) {
            for (Index index : table.indexes()) {
                rows.row()
                        .set("schemaname", table.schema())
                        .set("tablename", table.name())
                        .set("indexname", index.name())
                        .set(
                                "indexdef",
                                Definitions.index(snapshot.catalog(), null, index.oid(), 0));
            }
        }
    }
}
