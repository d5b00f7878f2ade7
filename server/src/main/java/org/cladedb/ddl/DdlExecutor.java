package org.cladedb.ddl;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.RoleStatement;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.sql.ast.Statement;
import org.cladedb.sql.ast.TableStatement;

/// Runs data definition statements; the entry point of this package. Stateless.
public final class DdlExecutor {
    private DdlExecutor() {}

    /// Runs `statement` and returns its command tag.
    ///
    /// @throws DatabaseException as PostgreSQL would; 0A000 for what is not supported
    public static String execute(Statement statement, DdlContext context) {
        return switch (statement) {
            case TableStatement table -> execute(table, context);
            case SchemaStatement schema -> execute(schema, context);
            case AlterTable alter -> {
                new AlterTables(context).run(alter);
                yield "ALTER " + alter.kind().words().toUpperCase(java.util.Locale.ROOT);
            }
            case RoleStatement role -> execute(role, context);
            case Statement other ->
                    throw new IllegalStateException(
                            "no data definition: " + other.getClass().getSimpleName());
        };
    }

    private static String execute(TableStatement statement, DdlContext context) {
        return switch (statement) {
            case TableStatement.CreateTable create -> {
                new TableCreation(context).run(create);
                yield "CREATE TABLE";
            }
            case TableStatement.CreateTableAs create -> new TableFromQuery(context).run(create);
            case TableStatement.CreateIndex create -> {
                new IndexStatements(context).create(create);
                yield "CREATE INDEX";
            }
            case TableStatement.CreateView create -> {
                new ViewStatements(context).create(create);
                yield "CREATE VIEW";
            }
            case TableStatement.CreateSequence create -> {
                new SequenceStatements(context).create(create);
                yield "CREATE SEQUENCE";
            }
            case TableStatement.AlterSequence alter -> {
                new SequenceStatements(context).alter(alter);
                yield "ALTER SEQUENCE";
            }
            case TableStatement.RefreshMaterializedView refresh ->
                    throw ConstraintAdder.unsupported(
                            "REFRESH MATERIALIZED VIEW", refresh.position());
            case TableStatement.Truncate truncate -> {
                new SchemaStatements(context).truncate(truncate);
                yield "TRUNCATE TABLE";
            }
        };
    }

    private static String execute(SchemaStatement statement, DdlContext context) {
        return switch (statement) {
            case SchemaStatement.CreateSchema create -> {
                new SchemaStatements(context).create(create);
                yield "CREATE SCHEMA";
            }
            case SchemaStatement.Drop drop -> {
                new DropStatements(context).run(drop);
                yield "DROP " + drop.kind().words().toUpperCase(java.util.Locale.ROOT);
            }
            case SchemaStatement.DropGroup drop -> {
                new DropStatements(context).dropGroup(drop);
                yield "DROP GROUP";
            }
            case SchemaStatement.Rename rename -> {
                if (rename.kind() == ObjectKind.DATABASE) {
                    new DatabaseStatements(context).rename(rename);
                } else {
                    new RenameStatements(context).rename(rename);
                }
                yield "ALTER " + rename.owner().words().toUpperCase(java.util.Locale.ROOT);
            }
            case SchemaStatement.SetSchema set -> {
                new RenameStatements(context).setSchema(set);
                yield "ALTER " + set.kind().words().toUpperCase(java.util.Locale.ROOT);
            }
            case SchemaStatement.Comment comment -> {
                if (comment.kind() == ObjectKind.DATABASE) {
                    new DatabaseStatements(context).comment(comment);
                } else {
                    new SchemaStatements(context).comment(comment);
                }
                yield "COMMENT";
            }
            case SchemaStatement.ChangeOwner owner -> {
                new Roles(context).require(owner.owner());
                new NamedObjects(context).require(owner.kind(), owner.object());
                yield "ALTER " + owner.kind().words().toUpperCase(java.util.Locale.ROOT);
            }
            case SchemaStatement.CreateDatabase create -> {
                new DatabaseStatements(context).create(create);
                yield "CREATE DATABASE";
            }
            case SchemaStatement.DropDatabase drop -> {
                new DatabaseStatements(context).drop(drop);
                yield "DROP DATABASE";
            }
            case SchemaStatement.AlterDatabase alter -> {
                new DatabaseStatements(context).alter(alter);
                yield "ALTER DATABASE";
            }
            case SchemaStatement.AlterSetting setting ->
                    throw ConstraintAdder.unsupported(
                            "ALTER DATABASE or ROLE … SET", setting.position());
            case SchemaStatement.CreateExtension extension -> {
                if (extension.name().equals("plpgsql") && extension.ifNotExists()) {
                    context.notice("extension \"plpgsql\" already exists, skipping");
                    yield "CREATE EXTENSION";
                }
                throw Unsupported.of(
                        "CREATE EXTENSION",
                        "extension \"" + extension.name() + "\" is not available");
            }
            case SchemaStatement.SecurityLabel label ->
                    throw ConstraintAdder.unsupported("SECURITY LABEL", label.position());
        };
    }

    /// There is one role, who owns everything: granting and owning change nothing; making roles
    /// would promise a protection that is not there.
    private static String execute(RoleStatement statement, DdlContext context) {
        return switch (statement) {
            case RoleStatement.GrantPrivileges grant -> {
                new PrivilegeStatements(context).grant(grant);
                yield grant.grant() ? "GRANT" : "REVOKE";
            }
            case RoleStatement.AlterDefaultPrivileges alter -> {
                new PrivilegeStatements(context).alterDefaults(alter);
                yield "ALTER DEFAULT PRIVILEGES";
            }
            case RoleStatement.ReassignOwned reassign -> {
                new PrivilegeStatements(context).reassign(reassign);
                yield "REASSIGN OWNED";
            }
            case RoleStatement.CreateRole create ->
                    throw ConstraintAdder.unsupported("CREATE ROLE", create.position());
            case RoleStatement.AlterRole alter ->
                    throw ConstraintAdder.unsupported("ALTER ROLE", alter.position());
            case RoleStatement.DropRole drop ->
                    throw ConstraintAdder.unsupported("DROP ROLE", drop.position());
            case RoleStatement.GrantRole grant ->
                    throw ConstraintAdder.unsupported("GRANT of a role", grant.position());
            case RoleStatement.DropOwned drop ->
                    throw ConstraintAdder.unsupported("DROP OWNED", drop.position());
        };
    }
}
