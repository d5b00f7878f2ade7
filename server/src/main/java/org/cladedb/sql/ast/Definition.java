package org.cladedb.sql.ast;

/// A statement that changes the catalog.
public sealed interface Definition extends Statement
        permits TableStatement, AlterTable, SchemaStatement, RoleStatement {}
