package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.sql.parser.Parsing.parse;
import static org.cladedb.sql.parser.Parsing.present;

import java.util.List;
import org.cladedb.sql.ast.Copy;
import org.cladedb.sql.ast.CursorStatement.Declare;
import org.cladedb.sql.ast.CursorStatement.Fetch;
import org.cladedb.sql.ast.CursorStatement.FetchDirection;
import org.cladedb.sql.ast.DropBehavior;
import org.cladedb.sql.ast.Explain;
import org.cladedb.sql.ast.MaintenanceStatement.Lock;
import org.cladedb.sql.ast.MaintenanceStatement.TableLockMode;
import org.cladedb.sql.ast.MaintenanceStatement.Vacuum;
import org.cladedb.sql.ast.ObjectKind;
import org.cladedb.sql.ast.Option;
import org.cladedb.sql.ast.PreparedStatementCommand.Deallocate;
import org.cladedb.sql.ast.PreparedStatementCommand.Prepare;
import org.cladedb.sql.ast.RoleName;
import org.cladedb.sql.ast.RoleStatement.AlterDefaultPrivileges;
import org.cladedb.sql.ast.RoleStatement.CreateRole;
import org.cladedb.sql.ast.RoleStatement.GrantPrivileges;
import org.cladedb.sql.ast.RoleStatement.GrantRole;
import org.cladedb.sql.ast.SchemaStatement.Comment;
import org.cladedb.sql.ast.SchemaStatement.CreateSchema;
import org.cladedb.sql.ast.SchemaStatement.Drop;
import org.cladedb.sql.ast.SchemaStatement.DropDatabase;
import org.cladedb.sql.ast.SchemaStatement.DropGroup;
import org.cladedb.sql.ast.SettingStatement.Reset;
import org.cladedb.sql.ast.SettingStatement.Scope;
import org.cladedb.sql.ast.SettingStatement.Set;
import org.cladedb.sql.ast.SettingStatement.SetTransaction;
import org.cladedb.sql.ast.SettingStatement.Show;
import org.cladedb.sql.ast.SettingStatement.ShowKind;
import org.cladedb.sql.ast.SettingStatement.ShowObjects;
import org.cladedb.sql.ast.TableStatement.CheckOption;
import org.cladedb.sql.ast.TableStatement.CreateSequence;
import org.cladedb.sql.ast.TableStatement.CreateView;
import org.cladedb.sql.ast.TableStatement.Truncate;
import org.cladedb.sql.ast.TransactionStatement.Begin;
import org.cladedb.sql.ast.TransactionStatement.Commit;
import org.cladedb.sql.ast.TransactionStatement.RollbackToSavepoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The families of statements without a test class of their own.
final class StatementParserTest {
    @Test
    void views() {
        String sql =
                "create or replace view v (a, b) as  select 1, 2 from t  with local check option";
        CreateView view = parse(CreateView.class, sql);
        assertThat(view.orReplace()).isTrue();
        assertThat(view.columns()).containsExactly("a", "b");
        assertThat(view.checkOption()).isEqualTo(CheckOption.LOCAL);
        assertThat(sql.substring(view.queryStart(), view.queryEnd()))
                .isEqualTo("select 1, 2 from t");
    }

    @Test
    void sequencesAndSchemas() {
        CreateSequence sequence =
                parse(
                        CreateSequence.class,
                        "create sequence if not exists s as bigint increment by -1 minvalue -5 no"
                                + " maxvalue start with 9223372036854775807 cache 3 no cycle owned"
                                + " by t.c");
        assertThat(sequence.options()).hasSize(8);
        CreateSchema schema =
                parse(
                        CreateSchema.class,
                        "create schema s authorization u create table t (a int) grant select on t"
                                + " to u");
        assertThat(schema.elements()).hasSize(2);
        assertThat(schema.owner()).isNotNull();
    }

    @Test
    void drops() {
        Drop drop = parse(Drop.class, "drop table if exists a, s.b cascade");
        assertThat(drop.objects()).hasSize(2);
        assertThat(drop.behavior()).isEqualTo(DropBehavior.CASCADE);
        Drop function = parse(Drop.class, "drop function f(a int, out text), g");
        // What a function only gives does not tell it from others.
        assertThat(function.objects().getFirst().arguments()).hasSize(1);
        assertThat(function.objects().get(1).arguments()).isNull();
        assertThat(parse(Drop.class, "drop trigger a on s.t").objects().getFirst().table())
                .isNotNull();
        assertThat(parse(DropGroup.class, "drop group if exists s.root cascade").root().dotted())
                .isEqualTo("s.root");
        assertThat(parse(DropDatabase.class, "drop database if exists d with (force)").force())
                .isTrue();
        Truncate truncate = parse(Truncate.class, "truncate only a, b restart identity cascade");
        assertThat(truncate.tables().getFirst().only()).isTrue();
        assertThat(truncate.restartIdentity()).isTrue();
    }

    @Test
    void comments() {
        Comment column = parse(Comment.class, "comment on column s.t.c is 'it''s'");
        assertThat(column.kind()).isEqualTo(ObjectKind.COLUMN);
        assertThat(column.object().name().parts()).containsExactly("s", "t", "c");
        assertThat(column.text()).isEqualTo("it's");
        assertThat(parse(Comment.class, "comment on table t is null").text()).isNull();
    }

    @Test
    void privileges() {
        GrantPrivileges grant =
                parse(
                        GrantPrivileges.class,
                        "grant select, update (a, b) on t, u to public, \"X\" with grant option");
        assertThat(grant.privileges().get(1).columns()).containsExactly("a", "b");
        assertThat(grant.objects()).hasSize(2);
        assertThat(grant.roles())
                .extracting(RoleName::kind)
                .containsExactly(RoleName.Kind.PUBLIC, RoleName.Kind.NAMED);
        assertThat(grant.grantOption()).isTrue();
        GrantPrivileges revoke =
                parse(GrantPrivileges.class, "revoke all on all tables in schema s from r cascade");
        assertThat(revoke.grant()).isFalse();
        assertThat(revoke.allInSchema()).isTrue();
        assertThat(revoke.privileges()).isEmpty();
        assertThat(parse(GrantRole.class, "grant a, b to c with admin option").granted())
                .hasSize(2);
        AlterDefaultPrivileges defaults =
                parse(
                        AlterDefaultPrivileges.class,
                        "alter default privileges for role a in schema s grant all on tables to b");
        assertThat(defaults.inSchemas()).containsExactly("s");
    }

    @Test
    void roles() {
        CreateRole role =
                parse(
                        CreateRole.class,
                        "create user u with superuser password 'x' connection limit -1");
        assertThat(role.user()).isTrue();
        assertThat(role.options())
                .extracting(Option::name)
                .containsExactly("superuser", "password", "connection_limit");
        assertThat(Parsing.report("create role r foo"))
                .isEqualTo("42601 unrecognized role option \"foo\" @15");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            textBlock =
                    """
                    set a = 1 → a
                    set a.b to 'x', y, -1.5 → a.b
                    set time zone 'UTC' → timezone
                    set time zone interval '+01:00' hour to minute → timezone
                    set names utf8 → client_encoding
                    set schema 'x' → search_path
                    set role none → role
                    set session authorization default → session_authorization
                    set session OutputFormat = 'json' → outputformat
                    set standard_conforming_strings = on → standard_conforming_strings
                    """)
    void settings(String sql, String name) {
        assertThat(parse(Set.class, sql).name()).isEqualTo(name);
    }

    @Test
    void settingValues() {
        Set set = parse(Set.class, "set local search_path to a, \"B\", 'c', -1.5, on");
        assertThat(set.scope()).isEqualTo(Scope.LOCAL);
        assertThat(set.values()).containsExactly("a", "B", "c", "-1.5", "on");
        assertThat(parse(Set.class, "set a to default").values()).isNull();
        assertThat(parse(Set.class, "set time zone local").values()).isNull();
        assertThat(parse(SetTransaction.class, "set transaction read only, not deferrable").modes())
                .hasSize(2);
        assertThat(
                        parse(
                                        SetTransaction.class,
                                        "set session characteristics as transaction isolation level"
                                                + " serializable")
                                .sessionDefault())
                .isTrue();
        assertThat(parse(Show.class, "show transaction isolation level").name())
                .isEqualTo("transaction_isolation");
        assertThat(parse(Show.class, "show all").name()).isNull();
        assertThat(parse(Reset.class, "reset time zone").name()).isEqualTo("timezone");
    }

    @Test
    void showOfObjects() {
        assertThat(parse(ShowObjects.class, "show tables").kind()).isEqualTo(ShowKind.TABLES);
        ShowObjects columns = parse(ShowObjects.class, "show full columns from `s`.t");
        assertThat(present(columns.from()).dotted()).isEqualTo("s.t");
    }

    @Test
    void transactions() {
        assertThat(parse(Begin.class, "begin isolation level repeatable read read only").modes())
                .hasSize(2);
        assertThat(parse(Begin.class, "start transaction").startTransaction()).isTrue();
        assertThat(parse(Commit.class, "end work and chain").chain()).isTrue();
        assertThat(parse(Commit.class, "commit and no chain").chain()).isFalse();
        assertThat(parse(RollbackToSavepoint.class, "rollback to savepoint a").name())
                .isEqualTo("a");
        assertThat(parse(RollbackToSavepoint.class, "rollback to savepoint").name())
                .isEqualTo("savepoint");
    }

    @Test
    void preparedStatements() {
        String sql = "prepare p (int, varchar(3)) as  select $1 ";
        Prepare prepare = parse(Prepare.class, sql);
        assertThat(prepare.parameterTypes()).hasSize(2);
        assertThat(sql.substring(prepare.statementStart(), prepare.statementEnd()))
                .isEqualTo("select $1");
        assertThat(parse(Deallocate.class, "deallocate prepare all").name()).isNull();
        assertThat(parse(Deallocate.class, "deallocate prepare p").name()).isEqualTo("p");
    }

    @ParameterizedTest
    @CsvSource({
        "fetch c, FORWARD, 1",
        "fetch next from c, FORWARD, 1",
        "fetch prior in c, BACKWARD, 1",
        "fetch first c, ABSOLUTE, 1",
        "fetch last c, ABSOLUTE, -1",
        "fetch absolute 5 c, ABSOLUTE, 5",
        "fetch relative -2 from c, RELATIVE, -2",
        "fetch -3 c, FORWARD, -3",
        "fetch all c, FORWARD, 9223372036854775807",
        "fetch forward 4 c, FORWARD, 4",
        "move backward all in c, BACKWARD, 9223372036854775807"
    })
    void fetches(String sql, FetchDirection direction, long count) {
        Fetch fetch = parse(Fetch.class, sql);
        assertThat(fetch.direction()).isEqualTo(direction);
        assertThat(fetch.count()).isEqualTo(count);
        assertThat(fetch.cursor()).isEqualTo("c");
        assertThat(fetch.move()).isEqualTo(sql.startsWith("move"));
    }

    @Test
    void cursorsNamedLikeDirections() {
        assertThat(parse(Fetch.class, "fetch next").cursor()).isEqualTo("next");
        Declare declare =
                parse(Declare.class, "declare c binary no scroll cursor with hold for select 1");
        assertThat(declare.binary()).isTrue();
        assertThat(declare.scroll()).isFalse();
        assertThat(declare.hold()).isTrue();
    }

    @Test
    void explainInBothSyntaxes() {
        Explain old = parse(Explain.class, "explain analyze verbose select 1");
        assertThat(old.options()).extracting(Option::name).containsExactly("analyze", "verbose");
        Explain now = parse(Explain.class, "explain (analyze, costs off, format json) (select 1)");
        assertThat(now.options())
                .extracting(Option::values)
                .containsExactly(List.of(), List.of("off"), List.of("json"));
        assertThat(parse(Explain.class, "explain (select 1) union (select 2)").options()).isEmpty();
    }

    @Test
    void copyInBothSyntaxes() {
        Copy now =
                parse(
                        Copy.class,
                        "copy s.t (a, b) from stdin with (format csv, header, null '',"
                                + " force_null (a, b), force_quote *) where a > 1");
        assertThat(now.from()).isTrue();
        assertThat(now.endpoint()).isEqualTo(new Copy.Endpoint.Standard());
        assertThat(now.options())
                .extracting(Option::name)
                .containsExactly("format", "header", "null", "force_null", "force_quote");
        assertThat(now.where()).isNotNull();
        Copy old =
                parse(
                        Copy.class,
                        "copy t to '/x' delimiter as ',' null 'n' csv header force quote *");
        assertThat(old.endpoint()).isEqualTo(new Copy.Endpoint.File("/x"));
        assertThat(old.options())
                .extracting(option -> option.name() + "=" + String.join(",", option.values()))
                .containsExactly(
                        "delimiter=,", "null=n", "format=csv", "header=true", "force_quote=*");
        assertThat(parse(Copy.class, "copy (delete from t returning a) to stdout").query())
                .isNotNull();
    }

    @Test
    void maintenance() {
        assertThat(parse(Vacuum.class, "vacuum full analyze t (a, b), u").tables()).hasSize(2);
        Lock lock = parse(Lock.class, "lock table a, only b in share row exclusive mode nowait");
        assertThat(lock.mode()).isEqualTo(TableLockMode.SHARE_ROW_EXCLUSIVE);
        assertThat(lock.nowait()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze verbose t (a), u",
                "vacuum (full, parallel 2)",
                "reindex (verbose) table concurrently t",
                "reindex database",
                "cluster t using i",
                "cluster i on t",
                "refresh materialized view concurrently v with no data",
                "checkpoint",
                "discard temp",
                "listen c",
                "unlisten *",
                "notify c, 'x'",
                "do language plpgsql $$ begin end $$",
                "call s.f(1, a => 2)",
                "load 'x'",
                "create extension if not exists e with schema s version '1' cascade",
                "create database d with owner = x encoding 'UTF8' connection limit 5",
                "alter database d set a to 1",
                "alter database d rename to e",
                "alter role r in database d reset all",
                "alter schema s owner to session_user",
                "alter function f(int) set schema s",
                "security label for p on table t is 'x'",
                "drop owned by a, current_user cascade",
                "reassign owned by a to b",
                "revoke admin option for a from b granted by c",
                "set constraints a, s.b immediate",
                "prepare transaction 'x'",
                "rollback prepared 'x'",
                "savepoint s",
                "release savepoint s",
                "close all"
            })
    void others(String sql) {
        assertThat(SqlParser.parse(sql)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "→",
            quoteCharacter = '`',
            textBlock =
                    """
                    create function f() returns int as 'x' language sql → CREATE FUNCTION
                    create or replace function f() returns int → CREATE FUNCTION
                    create trigger t before insert on a → CREATE TRIGGER
                    create type t as enum ('a') → CREATE TYPE
                    create domain d as int → CREATE DOMAIN
                    create rule r as on insert to t do nothing → CREATE RULE
                    create policy p on t → CREATE POLICY
                    create event trigger e → CREATE EVENT TRIGGER
                    create foreign table t (a int) → CREATE FOREIGN TABLE
                    create text search parser p → CREATE TEXT SEARCH
                    alter system set a = 1 → ALTER SYSTEM
                    drop cast (a as b) → DROP CAST
                    import foreign schema s from server v into w → IMPORT FOREIGN SCHEMA
                    select grouping(a) → GROUPING
                    select json_object('a': 1) → JSON_OBJECT
                    select xmlelement(name a) → XMLELEMENT
                    """)
    void whatIsNotSupportedIsNamed(String sql, String feature) {
        assertThat(Parsing.report(sql)).startsWith("0A000 " + feature + " is not supported");
    }
}
