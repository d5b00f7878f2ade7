package org.cladedb.functions;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.cladedb.common.Cancellation;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.types.ArrayValue;
import org.cladedb.types.Datum;
import org.cladedb.types.SqlType;
import org.jspecify.annotations.Nullable;

/// What a session knows about itself and the server: users, settings, sequences, locks, processes.
final class SystemFunctions {
    private static final byte[] NOTHING = {};
    private static final long SLEEP_STEP_MICROS = 10_000;
    private static final String START_SETTING = "clade.start_micros";

    private SystemFunctions() {}

    static void define(Definitions define, String version) {
        defineIdentity(define, version);
        defineSettings(define);
        defineSequences(define);
        defineLocks(define);
        defineProcesses(define);
        defineValues(define);
    }

    @FunctionalInterface
    private interface TextSource {
        @Nullable String get(EvaluationContext context);
    }

    private static void text(Definitions define, String line, TextSource source) {
        define.function(line, (_, out, context) -> setText(out, source.get(context)));
    }

    static void setText(Datum out, @Nullable String text) {
        if (text == null) {
            out.setNull();
        } else {
            out.setText(text);
        }
    }

    static void setVoid(Datum out) {
        out.setBytes(NOTHING);
    }

    private static void defineIdentity(Definitions define, String version) {
        text(define, "version() text stable", _ -> version);
        text(
                define,
                "current_database() name stable",
                context -> context.session().currentDatabase());
        text(
                define,
                "current_catalog() name stable",
                context -> context.session().currentDatabase());
        text(define, "current_schema() name stable", context -> context.session().currentSchema());
        for (String name : new String[] {"current_user", "user", "current_role"}) {
            text(define, name + "() name stable", context -> context.session().currentUser());
        }
        text(define, "session_user() name stable", context -> context.session().sessionUser());
        text(define, "system_user() text stable", _ -> null);
        text(define, "getdatabaseencoding() name stable", _ -> "UTF8");
        text(define, "pg_client_encoding() name stable", _ -> "UTF8");
        text(define, "inet_server_addr() text stable", _ -> null);
        text(define, "inet_client_addr() text stable", _ -> null);
        define.function("inet_server_port() int4 stable", (_, out, _) -> out.setNull());
        define.function("inet_client_port() int4 stable", (_, out, _) -> out.setNull());
        define.function(
                "current_schemas(bool) name[] stable",
                (in, out, context) ->
                        out.setObject(
                                ArrayValue.of(
                                        SqlType.NAME,
                                        context
                                                .session()
                                                .currentSchemas(in[0].booleanValue())
                                                .stream()
                                                .map(Datum::ofText)
                                                .toList())));
    }

    private static void defineSettings(Definitions define) {
        define.function(
                "current_setting(text) text stable",
                (in, out, context) -> out.setText(setting(in[0].text(), context)));
        define.function(
                "current_setting(text, bool) text stable",
                (in, out, context) -> {
                    if (in[1].booleanValue()) {
                        setText(out, context.session().setting(in[0].text()));
                    } else {
                        out.setText(setting(in[0].text(), context));
                    }
                });
        define.function(
                "set_config(text, text, bool) text volatile lax",
                (in, out, context) -> {
                    if (in[0].isNull()) {
                        throw new DatabaseException(
                                SqlState.NULL_VALUE_NOT_ALLOWED, "SET requires parameter name");
                    }
                    String value = in[1].isNull() ? "" : in[1].text();
                    boolean local = !in[2].isNull() && in[2].booleanValue();
                    out.setText(context.session().setSetting(in[0].text(), value, local));
                });
    }

    private static String setting(String name, EvaluationContext context) {
        String value = context.session().setting(name);
        if (value == null) {
            throw new DatabaseException(
                    SqlState.UNDEFINED_OBJECT,
                    "unrecognized configuration parameter \"" + name + "\"");
        }
        return value;
    }

    private static void defineSequences(Definitions define) {
        define.function(
                "nextval(regclass) int8 volatile",
                (in, out, context) -> out.setLong(context.session().nextSequenceValue(oid(in[0]))));
        define.function(
                "currval(regclass) int8 volatile",
                (in, out, context) ->
                        out.setLong(context.session().currentSequenceValue(oid(in[0]))));
        define.function(
                "setval(regclass, int8) int8 volatile",
                (in, out, context) ->
                        out.setLong(
                                context.session()
                                        .setSequenceValue(oid(in[0]), in[1].longValue(), true)));
        define.function(
                "setval(regclass, int8, bool) int8 volatile",
                (in, out, context) ->
                        out.setLong(
                                context.session()
                                        .setSequenceValue(
                                                oid(in[0]),
                                                in[1].longValue(),
                                                in[2].booleanValue())));
        define.function(
                "lastval() int8 volatile",
                (_, out, context) -> out.setLong(context.session().lastSequenceValue()));
    }

    static int oid(Datum value) {
        return (int) value.longValue();
    }

    private static void defineLocks(Definitions define) {
        for (String scope : new String[] {"", "xact_"}) {
            boolean transaction = !scope.isEmpty();
            for (String mode : new String[] {"", "_shared"}) {
                boolean shared = !mode.isEmpty();
                for (String keys : new String[] {"(int8)", "(int4, int4)"}) {
                    define.function(
                            "pg_advisory_" + scope + "lock" + mode + keys + " void volatile",
                            (in, out, context) -> {
                                boolean taken =
                                        context.session()
                                                .advisoryLock(key(in), shared, transaction, true);
                                if (!taken) {
                                    throw new DatabaseException(
                                            SqlState.LOCK_NOT_AVAILABLE,
                                            "could not obtain advisory lock");
                                }
                                setVoid(out);
                            });
                    define.function(
                            "pg_try_advisory_" + scope + "lock" + mode + keys + " bool volatile",
                            (in, out, context) ->
                                    out.setBoolean(
                                            context.session()
                                                    .advisoryLock(
                                                            key(in), shared, transaction, false)));
                }
            }
        }
        for (String mode : new String[] {"", "_shared"}) {
            for (String keys : new String[] {"(int8)", "(int4, int4)"}) {
                define.function(
                        "pg_advisory_unlock" + mode + keys + " bool volatile",
                        (in, out, context) ->
                                out.setBoolean(
                                        context.session()
                                                .advisoryUnlock(key(in), !mode.isEmpty())));
            }
        }
        define.function(
                "pg_blocking_pids(int4) int4[] volatile",
                (in, out, context) ->
                        out.setObject(
                                processes(
                                        context.session()
                                                .blockingProcesses((int) in[0].longValue()))));
        // No transaction waits for a snapshot that is safe to read from.
        define.function(
                "pg_safe_snapshot_blocking_pids(int4) int4[] volatile",
                (_, out, _) -> out.setObject(processes(List.of())));
        define.function(
                "pg_isolation_test_session_is_blocked(int4, int4[]) bool volatile",
                (in, out, context) -> {
                    List<Integer> blocking =
                            context.session().blockingProcesses((int) in[0].longValue());
                    out.setBoolean(isAmong(blocking, in[1].arrayValue().elements()));
                });
        define.function(
                "pg_advisory_unlock_all() void volatile",
                (_, out, context) -> {
                    context.session().advisoryUnlockAll();
                    setVoid(out);
                });
    }

    private static AdvisoryKey key(Datum[] in) {
        return in.length == 1
                ? AdvisoryKey.of(in[0].longValue())
                : AdvisoryKey.of((int) in[0].longValue(), (int) in[1].longValue());
    }

    private static ArrayValue processes(List<Integer> pids) {
        return ArrayValue.of(SqlType.INTEGER, pids.stream().map(Datum::ofLong).toList());
    }

    private static void defineProcesses(Definitions define) {
        define.function(
                "pg_backend_pid() int4 stable",
                (_, out, context) -> out.setLong(context.session().backendPid()));
        define.function(
                "pg_cancel_backend(int4) bool volatile",
                (in, out, context) ->
                        out.setBoolean(context.session().cancelBackend((int) in[0].longValue())));
        define.function(
                "pg_terminate_backend(int4, int8=) bool volatile",
                (in, out, context) ->
                        out.setBoolean(
                                context.session()
                                        .terminateBackend(
                                                (int) in[0].longValue(),
                                                in.length > 1 ? in[1].longValue() : 0)));
        define.function(
                "pg_sleep(float8) void volatile",
                (in, out, context) -> {
                    sleep((long) (in[0].doubleValue() * 1_000_000), context);
                    setVoid(out);
                });
        define.function(
                "txid_current() int8 stable",
                (_, out, context) -> out.setLong(context.session().transactionId()));
        define.function(
                "txid_current_if_assigned() int8 stable",
                (_, out, context) -> {
                    if (context.session().isTransactionNumbered()) {
                        out.setLong(context.session().transactionId());
                    } else {
                        out.setNull();
                    }
                });
        define.function(
                "pg_collation_for(any) text stable lax",
                (_, out, _) -> {
                    // What is known of it is known before anything is evaluated.
                    out.setNull();
                });
        define.function("pg_is_in_recovery() bool volatile", (_, out, _) -> out.setBoolean(false));
        define.function(
                "pg_is_wal_replay_paused() bool volatile", (_, out, _) -> out.setBoolean(false));
        for (String name : new String[] {"pg_postmaster_start_time", "pg_conf_load_time"}) {
            define.function(
                    name + "() timestamptz stable",
                    (_, out, context) -> {
                        String micros = context.session().setting(START_SETTING);
                        if (micros == null) {
                            throw Failures.unsupported("the server's start time is not known");
                        }
                        out.setLong(Long.parseLong(micros));
                    });
        }
    }

    private static SetFunction backup() {
        return (in, context) -> {
            SessionAccess.Backup made = context.session().backup(in[0].text());
            AtomicBoolean given = new AtomicBoolean();
            return out -> {
                out[0].setLong(made.sequence());
                out[1].setLong(made.entries());
                out[2].setText(made.checksumText());
                return !given.getAndSet(true);
            };
        };
    }

    private static SetFunction verification() {
        return (_, context) -> {
            Iterator<SessionAccess.Fault> faults = context.session().verify().iterator();
            return out -> {
                if (!faults.hasNext()) {
                    return false;
                }
                SessionAccess.Fault fault = faults.next();
                out[0].setText(fault.relation());
                out[1].setText(fault.constraint());
                out[2].setText(fault.problem());
                out[3].setText(fault.row());
                return true;
            };
        };
    }

    private static void sleep(long micros, EvaluationContext context) {
        long end = context.clockMicros() + micros;
        for (long left = micros; left > 0; left = end - context.clockMicros()) {
            context.checkCancelled();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(Math.min(left, SLEEP_STEP_MICROS)));
        }
    }

    private static void defineValues(Definitions define) {
        define.bound(
                "pg_typeof(any) regtype stable lax",
                (types, _) -> {
                    int oid = types.getFirst().oid();
                    return (_, out, _) -> out.setLong(Integer.toUnsignedLong(oid));
                });
        define.bound(
                "pg_column_size(any) int4 stable",
                (types, _) -> {
                    SqlType type = types.getFirst();
                    return (in, out, _) -> out.setLong(size(type, in[0]));
                });
        define.function("num_nulls(variadic any) int4 lax", (in, out, _) -> out.setLong(nulls(in)));
        define.function(
                "num_nonnulls(variadic any) int4 lax",
                (in, out, _) -> out.setLong(in.length - nulls(in)));
        define.set(
                "pg_get_keywords() setof (word text, catcode char, barelabel bool, catdesc text,"
                        + " baredesc text) stable",
                (_, _) -> (_, _) -> KeywordRows.rows());
        define.set(
                "clade_backup(text) setof (sequence int8, entries int8, checksum text) volatile",
                (_, _) -> backup());
        define.set(
                "clade_verify() setof (relation text, constraint_name text, problem text, row text)"
                        + " stable",
                (_, _) -> verification());
    }

    private static long nulls(Datum[] in) {
        long count = 0;
        for (Datum value : in) {
            count += value.isNull() ? 1 : 0;
        }
        return count;
    }

    private static long size(SqlType type, Datum value) {
        if (!type.isArray() && type.kind().length() > 0) {
            return type.kind().length();
        }
        return switch (type.form()) {
            case BYTES -> value.length() + (value.length() < 127 ? 1L : 4L);
            case NUMERIC -> 6 + value.numericValue().precision() / 4 * 2L;
            case ARRAY ->
                    24
                            + value.arrayValue().elements().stream()
                                    .mapToLong(item -> item.isNull() ? 0 : elementSize(type, item))
                                    .sum();
            case LONG, DOUBLE, INTERVAL, ROW, NONE -> 24;
        };
    }

    private static long elementSize(SqlType array, Datum item) {
        SqlType element = Coercions.elementType(array);
        return element == null ? 0 : size(element, item);
    }

    private static boolean isAmong(List<Integer> processes, List<Datum> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            Cancellation.check(i);
            if (processes.contains((int) numbers.get(i).longValue())) {
                return true;
            }
        }
        return false;
    }
}
