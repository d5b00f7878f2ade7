package org.cladedb.sql.ast;

import java.util.List;

/// A name with its qualifiers, outermost first: `catalog.schema.table`, `alias.column`, …
public record QualifiedName(List<String> parts, int position) {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name has at least one part");
        }
    }

    public static QualifiedName of(String name, int position) {
        return new QualifiedName(List.of(name), position);
    }

    /// A name in the schema `pg_catalog`, as the parser writes what SQL syntax refers to.
    public static QualifiedName system(String name, int position) {
        return new QualifiedName(List.of("pg_catalog", name), position);
    }

    /// The unqualified name.
    public String last() {
        return parts.getLast();
    }

    /// The parts before the last; empty for an unqualified name.
    public List<String> qualifier() {
        return parts.subList(0, parts.size() - 1);
    }

    public boolean isQualified() {
        return parts.size() > 1;
    }

    /// The parts joined by dots, without quotes, as error messages show names.
    public String dotted() {
        return String.join(".", parts);
    }
}
