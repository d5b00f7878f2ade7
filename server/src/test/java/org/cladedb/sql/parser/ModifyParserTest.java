package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.sql.parser.Parsing.parse;
import static org.cladedb.sql.parser.Parsing.present;

import org.cladedb.sql.ast.Expression.ColumnReference;
import org.cladedb.sql.ast.Expression.DefaultValue;
import org.cladedb.sql.ast.Expression.Subquery;
import org.cladedb.sql.ast.ModifyStatement.Assignment;
import org.cladedb.sql.ast.ModifyStatement.ColumnTarget;
import org.cladedb.sql.ast.ModifyStatement.ConflictTarget;
import org.cladedb.sql.ast.ModifyStatement.Delete;
import org.cladedb.sql.ast.ModifyStatement.Insert;
import org.cladedb.sql.ast.ModifyStatement.OnConflict;
import org.cladedb.sql.ast.ModifyStatement.Overriding;
import org.cladedb.sql.ast.ModifyStatement.Update;
import org.cladedb.sql.ast.QueryBody.SelectCore;
import org.cladedb.sql.ast.QueryBody.ValuesBody;
import org.junit.jupiter.api.Test;

final class ModifyParserTest {
    @Test
    void insertOfRows() {
        Insert insert =
                parse(
                        Insert.class,
                        "insert into s.t as x (a, b[1]) overriding system value"
                                + " values (1, default), (2, 3) returning *, a as c");
        assertThat(insert.table().dotted()).isEqualTo("s.t");
        assertThat(insert.alias()).isEqualTo("x");
        assertThat(insert.columns()).extracting(ColumnTarget::name).containsExactly("a", "b");
        assertThat(insert.columns().get(1).subscripts()).hasSize(1);
        assertThat(insert.overriding()).isEqualTo(Overriding.SYSTEM_VALUE);
        ValuesBody values = (ValuesBody) present(insert.source()).body();
        assertThat(values.rows()).hasSize(2);
        assertThat(values.rows().getFirst().get(1)).isInstanceOf(DefaultValue.class);
        assertThat(insert.returning()).hasSize(2);
    }

    @Test
    void insertOfQueries() {
        assertThat(parse(Insert.class, "insert into t default values").source()).isNull();
        Insert parenthesized = parse(Insert.class, "insert into t (select 1)");
        assertThat(parenthesized.columns()).isEmpty();
        assertThat(present(parenthesized.source()).body()).isInstanceOf(SelectCore.class);
        Insert with = parse(Insert.class, "with a as (select 1) insert into t (b) table a");
        assertThat(with.with()).isNotNull();
        assertThat(with.columns()).hasSize(1);
        assertThat(parse(Insert.class, "insert into t with a as (select 1) table a").source())
                .isNotNull();
    }

    @Test
    void insertOnConflict() {
        Insert update =
                parse(
                        Insert.class,
                        "insert into t values (1) on conflict (a, lower(b) collate \"C\") where c"
                                + " do update set a = excluded.a, (b, c) = (1, 2) where t.d");
        OnConflict conflict = present(update.onConflict());
        assertThat(conflict.doNothing()).isFalse();
        assertThat(conflict.assignments()).hasSize(2);
        assertThat(conflict.where()).isInstanceOf(ColumnReference.class);
        ConflictTarget target = present(conflict.target());
        assertThat(target.elements()).hasSize(2);
        assertThat(target.where()).isNotNull();
        Insert nothing =
                parse(
                        Insert.class,
                        "insert into t values (1) on conflict on constraint k do nothing");
        assertThat(present(present(nothing.onConflict()).target()).constraint()).isEqualTo("k");
        assertThat(
                        parse(Insert.class, "insert into t values (1) on conflict do nothing")
                                .onConflict())
                .isNotNull()
                .satisfies(any -> assertThat(any.target()).isNull());
    }

    @Test
    void update() {
        Update update =
                parse(
                        Update.class,
                        "update only t x set a = default, b[2] = 3, (c, d) = (select 1, 2)"
                                + " from u join v using (w) where x.i = u.i returning x.*");
        assertThat(update.only()).isTrue();
        assertThat(update.alias()).isEqualTo("x");
        assertThat(update.assignments())
                .extracting(Assignment::multiple)
                .containsExactly(false, false, true);
        assertThat(update.assignments().get(2).value()).isInstanceOf(Subquery.class);
        assertThat(update.from()).hasSize(1);
        assertThat(update.where()).isNotNull();
        assertThat(update.returning()).hasSize(1);
        assertThat(parse(Update.class, "update t set a = 1").alias()).isNull();
    }

    @Test
    void delete() {
        Delete delete =
                parse(Delete.class, "delete from t as x using a, b where x.i = a.i returning 1");
        assertThat(delete.alias()).isEqualTo("x");
        assertThat(delete.using()).hasSize(2);
        assertThat(delete.returning()).hasSize(1);
        assertThat(parse(Delete.class, "delete from t").where()).isNull();
        assertThat(Parsing.report("delete from t where current of c"))
                .isEqualTo("0A000 WHERE CURRENT OF is not supported @21");
    }
}
