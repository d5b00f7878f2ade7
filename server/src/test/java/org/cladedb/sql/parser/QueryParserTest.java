package org.cladedb.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cladedb.sql.parser.Parsing.core;
import static org.cladedb.sql.parser.Parsing.parse;
import static org.cladedb.sql.parser.Parsing.present;

import org.cladedb.sql.ast.CommonTableExpression.Materialization;
import org.cladedb.sql.ast.Expression.IntegerLiteral;
import org.cladedb.sql.ast.ModifyStatement.Delete;
import org.cladedb.sql.ast.OrderItem.Direction;
import org.cladedb.sql.ast.QueryBody.DistinctKind;
import org.cladedb.sql.ast.QueryBody.NestedQuery;
import org.cladedb.sql.ast.QueryBody.SelectCore;
import org.cladedb.sql.ast.QueryBody.SetOperation;
import org.cladedb.sql.ast.QueryBody.SetOperator;
import org.cladedb.sql.ast.QueryBody.ValuesBody;
import org.cladedb.sql.ast.SelectItem;
import org.cladedb.sql.ast.SelectStatement;
import org.cladedb.sql.ast.SelectStatement.LockStrength;
import org.cladedb.sql.ast.SelectStatement.LockWait;
import org.cladedb.sql.ast.TableExpression.DerivedTable;
import org.cladedb.sql.ast.TableExpression.FunctionTable;
import org.cladedb.sql.ast.TableExpression.Join;
import org.cladedb.sql.ast.TableExpression.JoinType;
import org.cladedb.sql.ast.TableExpression.NamedTable;
import org.cladedb.sql.ast.WithClause;
import org.junit.jupiter.api.Test;

final class QueryParserTest {
    private static SelectStatement query(String sql) {
        return parse(SelectStatement.class, sql);
    }

    @Test
    void allClausesOfASelect() {
        SelectStatement query =
                query(
                        "select distinct on (a) a x, b as select, c from t where d group by e, f"
                                + " having g window w as (order by h) order by i desc nulls first, j"
                                + " limit 5 offset 6 rows for update of t nowait");
        SelectCore core = (SelectCore) query.body();
        assertThat(core.distinct().kind()).isEqualTo(DistinctKind.ON);
        assertThat(core.items()).extracting(SelectItem::alias).containsExactly("x", "select", null);
        assertThat(core.groupBy()).hasSize(2);
        assertThat(core.having()).isNotNull();
        assertThat(core.windows()).hasSize(1);
        assertThat(query.orderBy()).hasSize(2);
        assertThat(query.orderBy().getFirst().direction()).isEqualTo(Direction.DESCENDING);
        assertThat(query.orderBy().getFirst().nullsFirst()).isTrue();
        assertThat(query.orderBy().get(1).nullsFirst()).isFalse();
        assertThat(query.limit()).isInstanceOf(IntegerLiteral.class);
        assertThat(query.offset()).isInstanceOf(IntegerLiteral.class);
        assertThat(query.locking().getFirst().strength()).isEqualTo(LockStrength.UPDATE);
        assertThat(query.locking().getFirst().waiting()).isEqualTo(LockWait.NOWAIT);
    }

    @Test
    void aSelectListMayBeEmpty() {
        assertThat(core("select from t").items()).isEmpty();
        assertThat(core("select").items()).isEmpty();
        assertThat(Parsing.report("select distinct from t"))
                .isEqualTo("42601 syntax error at or near \"from\" @17");
    }

    @Test
    void limitsOfAllDialects() {
        assertThat(query("select 1 limit all").limit()).isNull();
        SelectStatement mysql = query("select 1 limit 5, 10");
        assertThat(mysql.offset()).isEqualTo(new IntegerLiteral(5, 15));
        assertThat(mysql.limit()).isEqualTo(new IntegerLiteral(10, 18));
        assertThat(query("select 1 fetch first row only").limit())
                .isEqualTo(new IntegerLiteral(1, 21));
        assertThat(query("select 1 order by 1 fetch next 3 rows with ties").withTies()).isTrue();
        assertThat(query("select 1 offset 2 limit 1").limit()).isNotNull();
    }

    @Test
    void setOperationsByPrecedence() {
        SetOperation union =
                (SetOperation)
                        query("select 1 union all select 2 intersect select 3 except select 4")
                                .body();
        assertThat(union.operator()).isEqualTo(SetOperator.EXCEPT);
        SetOperation left = (SetOperation) union.left();
        assertThat(left.operator()).isEqualTo(SetOperator.UNION);
        assertThat(left.all()).isTrue();
        assertThat(((SetOperation) left.right()).operator()).isEqualTo(SetOperator.INTERSECT);
    }

    @Test
    void parenthesesKeepTheirClauses() {
        SetOperation union =
                (SetOperation) query("(select 1 limit 1) union (select 2) order by 1").body();
        assertThat(union.left()).isInstanceOf(NestedQuery.class);
        assertThat(union.right()).isInstanceOf(SelectCore.class);
        SelectStatement merged = query("(select 1 limit 1) order by 1");
        assertThat(merged.body()).isInstanceOf(SelectCore.class);
        assertThat(merged.limit()).isNotNull();
        assertThat(merged.orderBy()).hasSize(1);
        assertThat(Parsing.report("(select 1 limit 1) limit 2"))
                .isEqualTo("42601 multiple LIMIT clauses not allowed @20");
        assertThat(Parsing.report("(select 1 order by 1) order by 2"))
                .isEqualTo("42601 multiple ORDER BY clauses not allowed @32");
    }

    @Test
    void valuesAndTable() {
        assertThat(((ValuesBody) query("values (1, 2), (3, 4)").body()).rows()).hasSize(2);
        assertThat(core("table s.t").from().getFirst())
                .isEqualTo(((SelectCore) query("table s.t").body()).from().getFirst());
        assertThat(core("select values from t").items()).hasSize(1);
    }

    @Test
    void commonTableExpressions() {
        SelectStatement query =
                query(
                        "with recursive a (x) as (select 1), b as not materialized (delete from t"
                                + " returning *), c as materialized (values (1)) select * from a, b");
        WithClause with = present(query.with());
        assertThat(with.recursive()).isTrue();
        assertThat(with.tables().getFirst().columns()).containsExactly("x");
        assertThat(with.tables().get(1).statement()).isInstanceOf(Delete.class);
        assertThat(with.tables().get(1).materialization()).isEqualTo(Materialization.NEVER);
        assertThat(with.tables().get(2).materialization()).isEqualTo(Materialization.ALWAYS);
    }

    @Test
    void joinsAssociateToTheLeft() {
        Join outer =
                (Join)
                        core("select 1 from a join b on x left join c using (y) as u cross join d")
                                .from()
                                .getFirst();
        assertThat(outer.type()).isEqualTo(JoinType.CROSS);
        Join middle = (Join) outer.left();
        assertThat(middle.type()).isEqualTo(JoinType.LEFT);
        assertThat(middle.using()).containsExactly("y");
        assertThat(middle.usingAlias()).isEqualTo("u");
        assertThat(((Join) middle.left()).on()).isNotNull();
    }

    @Test
    void joinConditionsMayFollowLater() {
        Join outer = (Join) core("select 1 from a join b join c on p on q").from().getFirst();
        assertThat(outer.left()).isInstanceOf(NamedTable.class);
        assertThat(outer.right()).isInstanceOf(Join.class);
        Join natural = (Join) core("select 1 from a natural full join b").from().getFirst();
        assertThat(natural.natural()).isTrue();
        assertThat(natural.type()).isEqualTo(JoinType.FULL);
    }

    @Test
    void parenthesesInFrom() {
        assertThat(core("select 1 from ((select 1) union (select 2)) x").from().getFirst())
                .isInstanceOf(DerivedTable.class);
        assertThat(core("select 1 from ((select 1) x cross join b)").from().getFirst())
                .isInstanceOf(Join.class);
        Join aliased = (Join) core("select 1 from (a cross join b) as x (y)").from().getFirst();
        assertThat(present(aliased.alias()).columns()).containsExactly("y");
        assertThat(Parsing.report("select 1 from (a)"))
                .isEqualTo("42601 syntax error at or near \")\" @17");
    }

    @Test
    void functionsInFrom() {
        FunctionTable function =
                (FunctionTable)
                        core("select 1 from generate_series(1, 2) with ordinality as g (a, b)")
                                .from()
                                .getFirst();
        assertThat(function.withOrdinality()).isTrue();
        assertThat(present(function.alias()).columns()).containsExactly("a", "b");
        FunctionTable defined =
                (FunctionTable) core("select 1 from f() as x (a int, b text)").from().getFirst();
        assertThat(defined.functions().getFirst().columns()).hasSize(2);
        FunctionTable several =
                (FunctionTable)
                        core("select 1 from lateral rows from (f(1), g() as (a int)) as r")
                                .from()
                                .getFirst();
        assertThat(several.lateral()).isTrue();
        assertThat(several.rowsFrom()).isTrue();
        assertThat(several.functions()).hasSize(2);
        assertThat(core("select 1 from current_date").from().getFirst())
                .isInstanceOf(FunctionTable.class);
    }

    @Test
    void tablesInFrom() {
        NamedTable only = (NamedTable) core("select 1 from only (s.t) as x").from().getFirst();
        assertThat(only.only()).isTrue();
        assertThat(only.name().dotted()).isEqualTo("s.t");
        NamedTable star = (NamedTable) core("select 1 from t * x (a)").from().getFirst();
        assertThat(star.only()).isFalse();
        assertThat(star.alias()).isNotNull();
    }

    @Test
    void severalStatementsAndTheirText() {
        String sql = ";; select 1 ; -- end\n select 2;";
        assertThat(SqlParser.parse(sql))
                .extracting(one -> sql.substring(one.start(), one.end()))
                .containsExactly("select 1", "select 2");
        assertThat(SqlParser.parse("")).isEmpty();
        assertThat(SqlParser.parse(" -- nothing\n;")).isEmpty();
        assertThat(Parsing.report("select 1 from t select 2"))
                .isEqualTo("42601 syntax error at or near \"select\" @17");
    }

    @Test
    void unsupportedClausesAreNamed() {
        assertThat(Parsing.report("select 1 from t tablesample system (1)"))
                .isEqualTo("0A000 TABLESAMPLE is not supported @17");
        assertThat(Parsing.report("select a from t group by rollup (a)"))
                .startsWith("0A000 GROUP BY");
        assertThat(Parsing.report("select 1 into t"))
                .isEqualTo("0A000 SELECT INTO is not supported @10");
        assertThat(Parsing.report("merge into t using u on true when matched then delete"))
                .isEqualTo("0A000 MERGE is not supported @1");
    }
}
