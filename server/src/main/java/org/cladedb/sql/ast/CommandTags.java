package org.cladedb.sql.ast;

import java.util.Locale;

/// What definitions are called: in command tags, and in messages that refuse them.
public final class CommandTags {
    private CommandTags() {}

    public static String of(Definition statement) {
        return switch (statement) {
            case TableStatement table -> of(table);
            case AlterTable alter -> onKind("ALTER ", alter.kind());
            case SchemaStatement schema -> of(schema);
            case RoleStatement role -> of(role);
        };
    }

    private static String of(TableStatement statement) {
        return switch (statement) {
            case TableStatement.CreateTable _ -> "CREATE TABLE";
            case TableStatement.CreateTableAs create ->
                    create.materializedView() ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS";
            case TableStatement.CreateIndex _ -> "CREATE INDEX";
            case TableStatement.CreateView _ -> "CREATE VIEW";
            case TableStatement.CreateSequence _ -> "CREATE SEQUENCE";
            case TableStatement.AlterSequence _ -> "ALTER SEQUENCE";
            case TableStatement.RefreshMaterializedView _ -> "REFRESH MATERIALIZED VIEW";
            case TableStatement.Truncate _ -> "TRUNCATE TABLE";
        };
    }

    private static String of(SchemaStatement statement) {
        return switch (statement) {
            case SchemaStatement.CreateSchema _ -> "CREATE SCHEMA";
            case SchemaStatement.Drop drop -> onKind("DROP ", drop.kind());
            case SchemaStatement.DropGroup _ -> "DROP GROUP";
            case SchemaStatement.Rename rename -> onKind("ALTER ", rename.owner());
            case SchemaStatement.SetSchema set -> onKind("ALTER ", set.kind());
            case SchemaStatement.Comment _ -> "COMMENT";
            case SchemaStatement.ChangeOwner change -> onKind("ALTER ", change.kind());
            case SchemaStatement.CreateDatabase _ -> "CREATE DATABASE";
            case SchemaStatement.DropDatabase _ -> "DROP DATABASE";
            case SchemaStatement.AlterDatabase _ -> "ALTER DATABASE";
            case SchemaStatement.AlterSetting _ -> "ALTER DATABASE or ROLE … SET";
            case SchemaStatement.CreateExtension _ -> "CREATE EXTENSION";
            case SchemaStatement.SecurityLabel _ -> "SECURITY LABEL";
        };
    }

    private static String of(RoleStatement statement) {
        return switch (statement) {
            case RoleStatement.GrantPrivileges grant -> grant.grant() ? "GRANT" : "REVOKE";
            case RoleStatement.AlterDefaultPrivileges _ -> "ALTER DEFAULT PRIVILEGES";
            case RoleStatement.ReassignOwned _ -> "REASSIGN OWNED";
            case RoleStatement.CreateRole _ -> "CREATE ROLE";
            case RoleStatement.AlterRole _ -> "ALTER ROLE";
            case RoleStatement.DropRole _ -> "DROP ROLE";
            case RoleStatement.GrantRole grant -> grant.grant() ? "GRANT ROLE" : "REVOKE ROLE";
            case RoleStatement.DropOwned _ -> "DROP OWNED";
        };
    }

    private static String onKind(String verb, ObjectKind kind) {
        return verb + kind.words().toUpperCase(Locale.ROOT);
    }
}
