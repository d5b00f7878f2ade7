package org.cladedb.ddl;

import org.cladedb.error.DatabaseException;
import org.cladedb.error.Unsupported;
import org.cladedb.sql.ast.AlterTable;
import org.cladedb.sql.ast.CommandTags;
import org.cladedb.sql.ast.Definition;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.RoleStatement;
import org.cladedb.sql.ast.SchemaStatement;
import org.cladedb.sql.ast.TableStatement;

/// Runs data definition statements; the entry point of this package. Stateless.
public final class DdlExecutor {
    private DdlExecutor() {}

    /// Runs `statement` and returns its command tag.
    ///
    /// @throws DatabaseException as PostgreSQL would; 0A000 for what is not supported
    public static String execute(Definition statement, DdlContext context) {
        switch (statement) {
            case TableStatement.CreateTableAs create -> {
                return new TableFromQuery(context).run(create);
            }
            case TableStatement table -> run(table, context);
            case SchemaStatement schema -> run(schema, context);
            case AlterTable alter -> new AlterTables(context).run(alter);
            case RoleStatement role -> run(role, context);
        }
        return CommandTags.of(statement);
    }

    private static void run(TableStatement statement, DdlContext context) {
        switch (statement) {
            case TableStatement.CreateTable create -> new TableCreation(context).run(create);
            case TableStatement.CreateTableAs _ ->
                    throw new IllegalStateException("has a command tag of its own");
            case TableStatement.CreateIndex create -> new IndexStatements(context).create(create);
            case TableStatement.CreateView create -> new ViewStatements(context).create(create);
            case TableStatement.CreateSequence create ->
                    new SequenceStatements(context).create(create);
            case TableStatement.AlterSequence alter -> new SequenceStatements(context).alter(alter);
            case TableStatement.RefreshMaterializedView refresh ->
                    throw ConstraintAdder.unsupported(
                            "REFRESH MATERIALIZED VIEW", refresh.position());
            case TableStatement.Truncate truncate ->
                    new SchemaStatements(context).truncate(truncate);
        }
    }

    private static void run(SchemaStatement statement, DdlContext context) {
        switch (statement) {
            case SchemaStatement.CreateSchema create ->
                    new SchemaStatements(context).create(create);
            case SchemaStatement.Drop drop -> new DropStatements(context).run(drop);
            case SchemaStatement.DropGroup drop -> new DropStatements(context).dropGroup(drop);
            case SchemaStatement.Rename rename -> {
                if (rename.kind() == ObjectKind.DATABASE) {
                    new DatabaseStatements(context).rename(rename);
                } else {
                    new RenameStatements(context).rename(rename);
                }
            }
            case SchemaStatement.SetSchema set -> new RenameStatements(context).setSchema(set);
            case SchemaStatement.Comment comment -> {
                if (comment.kind() == ObjectKind.DATABASE) {
                    new DatabaseStatements(context).comment(comment);
                } else {
                    new SchemaStatements(context).comment(comment);
                }
            }
            case SchemaStatement.ChangeOwner owner -> {
                new Roles(context).require(owner.owner());
                new NamedObjects(context).require(owner.kind(), owner.object());
            }
            case SchemaStatement.CreateDatabase create ->
                    new DatabaseStatements(context).create(create);
            case SchemaStatement.DropDatabase drop -> new DatabaseStatements(context).drop(drop);
            case SchemaStatement.AlterDatabase alter ->
                    new DatabaseStatements(context).alter(alter);
            case SchemaStatement.AlterSetting setting ->
                    throw ConstraintAdder.unsupported(
                            "ALTER DATABASE or ROLE … SET", setting.position());
            case SchemaStatement.CreateExtension extension -> {
                if (extension.name().equals("plpgsql") && extension.ifNotExists()) {
                    context.notice("extension \"plpgsql\" already exists, skipping");
                } else {
                    throw Unsupported.of(
                            "CREATE EXTENSION",
                            "extension \"" + extension.name() + "\" is not available");
                }
            }
            case SchemaStatement.SecurityLabel label ->
                    throw ConstraintAdder.unsupported("SECURITY LABEL", label.position());
        }
    }

    /// There is one role, who owns everything: granting and owning change nothing; making roles
    /// would promise a protection that is not there.
    private static void run(RoleStatement statement, DdlContext context) {
        switch (statement) {
            case RoleStatement.GrantPrivileges grant ->
                    new PrivilegeStatements(context).grant(grant);
            case RoleStatement.AlterDefaultPrivileges alter ->
                    new PrivilegeStatements(context).alterDefaults(alter);
            case RoleStatement.ReassignOwned reassign ->
                    new PrivilegeStatements(context).reassign(reassign);
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
        }
    }
}
