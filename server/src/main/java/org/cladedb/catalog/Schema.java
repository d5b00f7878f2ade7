package org.cladedb.catalog;

/// A schema (namespace).
public record Schema(int oid, String name) {}
