package org.cladedb;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which package may use which, lowest first: each line names a package and the packages it stands
/// on; what those stand on it may use as well.
///
/// A package can only name packages above it in the table, so the table has no cycles. Where a line
/// is wider than the picture of the layers, `docs/decisions/0005-packages.md` says why.
final class PackageTable {
    private final Map<String, Set<String>> usable = new LinkedHashMap<>();

    PackageTable() {
        // module kv
        add("common");
        add("kv", "common");
        add("kv.io", "common");
        add("kv.memory", "kv");
        add("kv.embedded", "kv", "kv.io");
        // module server: words and values
        add("error", "common");
        add("memory", "error");
        add("sql.words");
        add("decimal", "common");
        add("types", "memory", "decimal");
        add("spill", "error", "memory");
        add("encoding", "types");
        add("regex", "error");
        add("functions", "types", "sql.words", "regex");
        // text
        add("sql.ast", "error", "sql.words");
        add("sql.parser", "sql.ast");
        // what exists
        add("catalog", "types");
        add("stored", "sql.parser", "catalog");
        add("catalog.system", "stored", "functions");
        // storage and transactions
        add("storage.catalogstore", "catalog", "encoding", "kv");
        add("storage.group", "storage.catalogstore", "catalog", "encoding", "kv");
        add("txn", "storage.group", "storage.catalogstore", "catalog", "kv");
        // from text to plans
        add("plan.ir", "catalog", "functions");
        add("analysis", "stored", "plan.ir");
        add("plan.physical", "plan.ir");
        add("plan.rules", "plan.physical");
        add("plan", "plan.rules", "plan.physical");
        // running
        add("exec", "spill", "plan.physical", "txn", "storage.group", "encoding");
        add("exec.explain", "exec");
        add("ddl", "analysis", "txn", "storage.group");
        // clients
        add("session.copy", "sql.ast", "types");
        add("session", "session.copy", "analysis", "plan", "exec.explain");
        add("pgwire", "error");
        add("pgwire.message", "error");
        add("pgwire.auth", "error");
        add("pgwire.protocol", "pgwire.message", "pgwire.auth", "session");
        // the process, and the Java API over it
        add("server", "pgwire.protocol", "ddl", "catalog.system", "kv.memory", "kv.embedded");
        add("", "server");
    }

    private void add(String name, String... below) {
        Set<String> all = new HashSet<>();
        for (String lower : below) {
            Set<String> further = usable.get(lower);
            if (further == null) {
                throw new IllegalArgumentException(name + " stands on " + lower + ", not above it");
            }
            all.add(lower);
            all.addAll(further);
        }
        usable.put(name, all);
    }

    boolean knows(String name) {
        return usable.containsKey(name);
    }

    boolean mayUse(String user, String used) {
        return user.equals(used) || usable.getOrDefault(user, Set.of()).contains(used);
    }
}
