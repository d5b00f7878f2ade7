package org.cladedb.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cladedb.session.SettingDefinition.Context;
import org.cladedb.session.SettingDefinition.Kind;
import org.jspecify.annotations.Nullable;

/// All settings with PostgreSQL's names and defaults.
///
/// Those without effect here are accepted so that scripts and drivers written for PostgreSQL run;
/// none of them promises anything that matters for results or safety.
public final class SettingDefinitions {
    /// What `server_version` says: the version whose dialect this server follows.
    public static final String SERVER_VERSION = "18.1";

    private static final String SERVER_VERSION_NUMBER = "180001";
    private static final Map<String, SettingDefinition> BY_NAME = new TreeMap<>();

    static {
        List<SettingDefinition> all = new ArrayList<>();
        addReported(all);
        addTransactions(all);
        addConversions(all);
        addPlanner(all);
        addResources(all);
        addCompatibility(all);
        addInternal(all);
        all.forEach(definition -> BY_NAME.put(key(definition.name()), definition));
    }

    private SettingDefinitions() {}

    public static Collection<SettingDefinition> all() {
        return List.copyOf(BY_NAME.values());
    }

    /// Names are not case sensitive.
    public static @Nullable SettingDefinition find(String name) {
        return BY_NAME.get(key(name));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void addReported(List<SettingDefinition> all) {
        all.add(string("application_name", "").asReported());
        all.add(string("client_encoding", "UTF8").asReported());
        all.add(string("DateStyle", "ISO, MDY").asReported());
        all.add(bool("default_transaction_read_only", false).asReported());
        all.add(bool("in_hot_standby", false).inContext(Context.INTERNAL).asReported());
        all.add(bool("integer_datetimes", true).inContext(Context.INTERNAL).asReported());
        all.add(
                choice("IntervalStyle", "postgres", "postgres_verbose", "sql_standard", "iso_8601")
                        .asReported());
        all.add(bool("is_superuser", true).inContext(Context.INTERNAL).asReported());
        all.add(integer("scram_iterations", "4096", "", 1, Integer.MAX_VALUE).asReported());
        all.add(string("search_path", "\"$user\", public").asReported());
        all.add(string("server_encoding", "UTF8").inContext(Context.INTERNAL).asReported());
        all.add(string("server_version", SERVER_VERSION).inContext(Context.INTERNAL).asReported());
        all.add(string("session_authorization", "postgres").asReported());
        all.add(bool("standard_conforming_strings", true).asReported());
        all.add(string("TimeZone", "UTC").asReported());
    }

    private static void addTransactions(List<SettingDefinition> all) {
        String[] levels = {"serializable", "repeatable read", "read uncommitted"};
        all.add(choice("default_transaction_isolation", "read committed", levels));
        all.add(choice("transaction_isolation", "read committed", levels));
        all.add(bool("default_transaction_deferrable", false));
        all.add(bool("transaction_deferrable", false));
        all.add(bool("transaction_read_only", false));
        all.add(integer("statement_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("lock_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("transaction_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("idle_in_transaction_session_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("idle_session_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("deadlock_timeout", "1000", "ms", 1, Integer.MAX_VALUE));
        all.add(choice("synchronous_commit", "on", "off", "local", "remote_write", "remote_apply"));
        all.add(integer("commit_delay", "0", "", 0, 100_000));
        all.add(integer("commit_siblings", "5", "", 0, 1_000));
    }

    private static void addConversions(List<SettingDefinition> all) {
        all.add(choice("bytea_output", "hex", "escape"));
        all.add(integer("extra_float_digits", "1", "", -15, 3));
        all.add(choice("nested_format", "json", "composite"));
        all.add(choice("OutputFormat", "table", "json", "json_with_meta_data"));
        all.add(choice("xmlbinary", "base64", "hex"));
        all.add(choice("xmloption", "content", "document"));
        all.add(bool("array_nulls", true));
        all.add(choice("backslash_quote", "safe_encoding", "on", "off"));
        all.add(bool("escape_string_warning", true));
        all.add(bool("quote_all_identifiers", false));
        all.add(bool("transform_null_equals", false));
        all.add(string("timezone_abbreviations", "Default"));
        all.add(string("lc_messages", "C"));
        all.add(string("lc_monetary", "C"));
        all.add(string("lc_numeric", "C"));
        all.add(string("lc_time", "C"));
        all.add(choice("icu_validation_level", "warning", "disabled", "error"));
    }

    private static void addPlanner(List<SettingDefinition> all) {
        for (String name :
                List.of(
                        "enable_bitmapscan",
                        "enable_distinct_reordering",
                        "enable_gathermerge",
                        "enable_group_by_reordering",
                        "enable_hashagg",
                        "enable_hashjoin",
                        "enable_incremental_sort",
                        "enable_indexonlyscan",
                        "enable_indexscan",
                        "enable_material",
                        "enable_memoize",
                        "enable_mergejoin",
                        "enable_nestloop",
                        "enable_parallel_append",
                        "enable_parallel_hash",
                        "enable_partition_pruning",
                        "enable_presorted_aggregate",
                        "enable_seqscan",
                        "enable_sort",
                        "enable_tidscan",
                        "geqo",
                        "jit")) {
            all.add(bool(name, true));
        }
        all.add(bool("enable_partitionwise_aggregate", false));
        all.add(bool("enable_partitionwise_join", false));
        all.add(choice("plan_cache_mode", "auto", "force_generic_plan", "force_custom_plan"));
        all.add(choice("constraint_exclusion", "partition", "on", "off"));
        all.add(integer("default_statistics_target", "100", "", 1, 10_000));
        all.add(integer("from_collapse_limit", "8", "", 1, Integer.MAX_VALUE));
        all.add(integer("join_collapse_limit", "8", "", 1, Integer.MAX_VALUE));
        all.add(integer("geqo_threshold", "12", "", 2, Integer.MAX_VALUE));
        all.add(real("cpu_tuple_cost", "0.01"));
        all.add(real("cpu_index_tuple_cost", "0.005"));
        all.add(real("cpu_operator_cost", "0.0025"));
        all.add(real("random_page_cost", "4"));
        all.add(real("seq_page_cost", "1"));
        all.add(real("cursor_tuple_fraction", "0.1"));
        all.add(integer("effective_cache_size", "524288", "8kB", 1, Integer.MAX_VALUE));
        all.add(integer("max_parallel_workers", "8", "", 0, 1_024));
        all.add(integer("max_parallel_workers_per_gather", "2", "", 0, 1_024));
        all.add(integer("max_parallel_maintenance_workers", "2", "", 0, 1_024));
        all.add(choice("debug_parallel_query", "off", "on", "regress"));
    }

    private static void addResources(List<SettingDefinition> all) {
        // The defaults of these three follow the memory of the server: MemoryLimits.
        all.add(integer("work_mem", "4096", "kB", 64, Integer.MAX_VALUE));
        all.add(integer("statement_memory_limit", "131072", "kB", 64, Integer.MAX_VALUE));
        all.add(
                integer("server_memory_limit", "262144", "kB", 64, Integer.MAX_VALUE)
                        .inContext(Context.POSTMASTER));
        all.add(integer("maintenance_work_mem", "65536", "kB", 64, Integer.MAX_VALUE));
        all.add(integer("temp_buffers", "1024", "8kB", 100, Integer.MAX_VALUE));
        all.add(integer("temp_file_limit", "-1", "kB", -1, Integer.MAX_VALUE));
        all.add(real("hash_mem_multiplier", "2"));
        all.add(integer("logical_decoding_work_mem", "65536", "kB", 64, Integer.MAX_VALUE));
        all.add(integer("max_stack_depth", "2048", "kB", 100, Integer.MAX_VALUE));
        all.add(integer("effective_io_concurrency", "16", "", 0, 1_000));
        all.add(integer("tcp_keepalives_idle", "0", "s", 0, Integer.MAX_VALUE));
        all.add(integer("tcp_keepalives_interval", "0", "s", 0, Integer.MAX_VALUE));
        all.add(integer("tcp_keepalives_count", "0", "", 0, Integer.MAX_VALUE));
        all.add(integer("tcp_user_timeout", "0", "ms", 0, Integer.MAX_VALUE));
        all.add(integer("vacuum_cost_delay", "0", "ms", 0, 100));
        all.add(integer("client_connection_check_interval", "0", "ms", 0, Integer.MAX_VALUE));
    }

    private static void addCompatibility(List<SettingDefinition> all) {
        String[] levels = {
            "debug5", "debug4", "debug3", "debug2", "debug1", "log", "warning", "error"
        };
        all.add(choice("client_min_messages", "notice", levels));
        all.add(choice("log_min_messages", "warning", "debug1", "notice", "error", "fatal"));
        all.add(choice("log_min_error_statement", "error", "debug1", "notice", "warning", "fatal"));
        all.add(choice("log_statement", "none", "ddl", "mod", "all"));
        all.add(choice("log_error_verbosity", "default", "terse", "verbose"));
        all.add(integer("log_min_duration_statement", "-1", "ms", -1, Integer.MAX_VALUE));
        all.add(bool("log_duration", false));
        all.add(bool("log_lock_waits", false));
        all.add(bool("check_function_bodies", true));
        all.add(bool("allow_system_table_mods", false));
        all.add(bool("default_with_oids", false));
        all.add(bool("row_security", true));
        all.add(bool("synchronize_seqscans", true));
        all.add(bool("lo_compat_privileges", false));
        all.add(bool("ignore_checksum_failure", false));
        all.add(bool("track_activities", true));
        all.add(bool("track_counts", true));
        all.add(bool("track_io_timing", false));
        all.add(choice("track_functions", "none", "pl", "all"));
        all.add(choice("compute_query_id", "auto", "on", "off", "regress"));
        all.add(choice("session_replication_role", "origin", "replica", "local"));
        all.add(choice("default_toast_compression", "pglz", "lz4"));
        all.add(choice("password_encryption", "scram-sha-256", "md5"));
        all.add(choice("stats_fetch_consistency", "cache", "none", "snapshot"));
        all.add(string("default_tablespace", ""));
        all.add(string("temp_tablespaces", ""));
        all.add(string("default_table_access_method", "heap"));
        all.add(string("default_text_search_config", "pg_catalog.simple"));
        all.add(string("dynamic_library_path", "$libdir"));
        all.add(string("local_preload_libraries", ""));
        all.add(string("session_preload_libraries", ""));
        all.add(string("role", "none"));
        all.add(integer("gin_fuzzy_search_limit", "0", "", 0, Integer.MAX_VALUE));
        all.add(integer("gin_pending_list_limit", "4096", "kB", 64, Integer.MAX_VALUE));
        all.add(real("seed", "0"));
        all.add(bool("exit_on_error", false));
    }

    private static void addInternal(List<SettingDefinition> all) {
        all.add(string("server_version_num", SERVER_VERSION_NUMBER).inContext(Context.INTERNAL));
        all.add(integer("block_size", "8192", "", 8192, 8192).inContext(Context.INTERNAL));
        all.add(integer("max_identifier_length", "63", "", 63, 63).inContext(Context.INTERNAL));
        all.add(integer("max_index_keys", "32", "", 32, 32).inContext(Context.INTERNAL));
        all.add(integer("max_function_args", "100", "", 100, 100).inContext(Context.INTERNAL));
        all.add(string("lc_collate", "C").inContext(Context.INTERNAL));
        all.add(string("lc_ctype", "C").inContext(Context.INTERNAL));
        all.add(bool("data_checksums", true).inContext(Context.INTERNAL));
        all.add(bool("debug_assertions", false).inContext(Context.INTERNAL));
        all.add(integer("max_connections", "1000", "", 1, 262_143).inContext(Context.POSTMASTER));
        all.add(
                integer("superuser_reserved_connections", "0", "", 0, 262_143)
                        .inContext(Context.POSTMASTER));
        all.add(
                integer("max_prepared_transactions", "0", "", 0, 262_143)
                        .inContext(Context.POSTMASTER));
        all.add(
                integer("max_locks_per_transaction", "64", "", 10, Integer.MAX_VALUE)
                        .inContext(Context.POSTMASTER));
        all.add(
                integer("shared_buffers", "16384", "8kB", 16, Integer.MAX_VALUE)
                        .inContext(Context.POSTMASTER));
        all.add(string("listen_addresses", "127.0.0.1").inContext(Context.POSTMASTER));
        all.add(integer("port", "5432", "", 1, 65_535).inContext(Context.POSTMASTER));
        all.add(string("data_directory", "").inContext(Context.POSTMASTER));
        all.add(choice("wal_level", "replica", "minimal").inContext(Context.POSTMASTER));
        all.add(bool("ssl", false).inContext(Context.POSTMASTER));
        all.add(bool("fsync", true).inContext(Context.POSTMASTER));
        all.add(bool("full_page_writes", true).inContext(Context.POSTMASTER));
        all.add(bool("autovacuum", true).inContext(Context.POSTMASTER));
        all.add(string("shared_preload_libraries", "").inContext(Context.POSTMASTER));
        all.add(bool("hot_standby", true).inContext(Context.POSTMASTER));
    }

    private static SettingDefinition bool(String name, boolean value) {
        return new SettingDefinition(
                name, Kind.BOOL, value ? "on" : "off", "", 0, 0, List.of(), Context.USER, false);
    }

    private static SettingDefinition string(String name, String value) {
        return new SettingDefinition(
                name, Kind.STRING, value, "", 0, 0, List.of(), Context.USER, false);
    }

    private static SettingDefinition integer(
            String name, String value, String unit, long minimum, long maximum) {
        return new SettingDefinition(
                name, Kind.INTEGER, value, unit, minimum, maximum, List.of(), Context.USER, false);
    }

    private static SettingDefinition real(String name, String value) {
        return new SettingDefinition(
                name, Kind.REAL, value, "", -1, Double.MAX_VALUE, List.of(), Context.USER, false);
    }

    private static SettingDefinition choice(String name, String value, String... others) {
        List<String> choices = new ArrayList<>(List.of(value));
        choices.addAll(List.of(others));
        return new SettingDefinition(
                name, Kind.ENUM, value, "", 0, 0, choices, Context.USER, false);
    }
}
