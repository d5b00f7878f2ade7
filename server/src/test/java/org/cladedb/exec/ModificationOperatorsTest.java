package org.cladedb.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cladedb.catalog.ForeignKey.Action;
import org.cladedb.error.DatabaseException;
import org.cladedb.error.SqlState;
import org.cladedb.plan.ir.OutputColumn;
import org.cladedb.plan.physical.PhysicalNode;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// INSERT, UPDATE and DELETE on stored tables.
class ModificationOperatorsTest {
    private final SqlRunner sql = new SqlRunner();

    @BeforeEach
    void createTables() {
        sql.shop.create(
                "t",
                table ->
                        table.column("id", SqlType.INTEGER)
                                .column("v", SqlType.INTEGER)
                                .notNull("n", SqlType.TEXT)
                                .primaryKey(1)
                                .unique("t_n_key", 3));
        sql.shop.create("log", table -> table.column("what", SqlType.TEXT));
    }

    @AfterEach
    void close() {
        sql.shop.checkIntegrity("after the test");
        sql.close();
    }

    private List<String> rows() {
        return sql.run("SELECT * FROM t ORDER BY id");
    }

    @Test
    void insertWritesRowsAndReturnsThem() {
        assertThat(sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, NULL, 'b')"))
                .containsExactly("affected 2");
        assertThat(sql.run("INSERT INTO t (n, id) VALUES ('c', 3) RETURNING id, v, n || '!' AS x"))
                .containsExactly("3||c!");
        assertThat(rows()).containsExactly("1|10|a", "2||b", "3||c");
    }

    @Test
    void anInsertFromItsOwnTableSeesTheRowsBeforeIt() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b')");
        assertThat(
                        sql.run(
                                "INSERT INTO t SELECT id + 2, v, n || id FROM t"
                                        + " RETURNING id, (SELECT count(*) FROM t)"))
                .containsExactly("3|2", "4|2");
        assertThat(
                        sql.run(
                                "WITH x AS (SELECT * FROM t)"
                                        + " INSERT INTO t SELECT id + 4, v, n || '-' || id FROM x"))
                .containsExactly("affected 4");
    }

    @Test
    void nullsAreRefusedWhereTheyMustNotBe() {
        assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (1, 2, NULL)"))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception -> {
                            assertThat(exception.state()).isEqualTo(SqlState.NOT_NULL_VIOLATION);
                            assertThat(exception)
                                    .hasMessage(
                                            "null value in column \"n\" of relation \"t\" violates"
                                                    + " not-null constraint");
                            assertThat(exception.fields().detail())
                                    .isEqualTo("Failing row contains (1, 2, null).");
                            assertThat(exception.fields().column()).isEqualTo("n");
                        });
        assertThat(rows()).isEmpty();
    }

    @Test
    void duplicateKeysUndoTheWholeStatement() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a')");
        assertThatThrownBy(() -> sql.run("INSERT INTO t VALUES (2, 0, 'b'), (1, 0, 'c')"))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception ->
                                assertThat(exception.state()).isEqualTo(SqlState.UNIQUE_VIOLATION));
        assertThat(rows()).containsExactly("1|10|a");
    }

    @Test
    void updateComputesAllRowsFromTheOldOnes() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')");
        assertThat(
                        sql.run(
                                "UPDATE t SET v = (SELECT sum(v) FROM t) + t.id WHERE id > 1"
                                        + " RETURNING id, v"))
                .containsExactly("2|62", "3|63");
        assertThat(sql.run("UPDATE t SET id = id + 10, v = v - 1")).containsExactly("affected 3");
        assertThat(rows()).containsExactly("11|9|a", "12|61|b", "13|62|c");
    }

    @Test
    void aJoinThatFindsARowTwiceUpdatesItOnce() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b')");
        assertThat(
                        sql.run(
                                "UPDATE t SET v = t.v + 1 FROM (VALUES (1), (1), (2)) x(i)"
                                        + " WHERE t.id = x.i"))
                .containsExactly("affected 2");
        assertThat(rows()).containsExactly("1|11|a", "2|21|b");
        assertThat(
                        sql.run(
                                "DELETE FROM t USING (VALUES (1), (1)) x(i) WHERE t.id = x.i"
                                        + " RETURNING t.*"))
                .containsExactly("1|11|a");
    }

    @Test
    void onConflictLeavesOrUpdatesTheRowInTheWay() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b')");
        assertThat(
                        sql.run(
                                "INSERT INTO t VALUES (1, 0, 'x'), (3, 0, 'b'), (4, 40, 'd')"
                                        + " ON CONFLICT DO NOTHING RETURNING id"))
                .containsExactly("4");
        assertThat(
                        sql.run(
                                "INSERT INTO t VALUES (1, 5, 'new'), (5, 50, 'e')"
                                        + " ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v,"
                                        + " n = excluded.n RETURNING *"))
                .containsExactly("1|15|new", "5|50|e");
        assertThat(
                        sql.run(
                                "INSERT INTO t VALUES (2, 5, 'q') ON CONFLICT (id) DO UPDATE"
                                        + " SET v = 0 WHERE t.v > 100"))
                .containsExactly("affected 0");
        assertThat(rows()).containsExactly("1|15|new", "2|20|b", "4|40|d", "5|50|e");
    }

    @Test
    void onConflictMustNotUpdateARowTwice() {
        assertThatThrownBy(() ->
                        sql.run(
                                "INSERT INTO t VALUES (1, 1, 'a'), (1, 2, 'b')"
                                        + " ON CONFLICT (id) DO UPDATE SET v = 9"))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        exception ->
                                assertThat(exception.state())
                                        .isEqualTo(SqlState.CARDINALITY_VIOLATION));
        assertThat(rows()).isEmpty();
    }

    @Test
    void changesInWithHappenWhetherReadOrNot() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b')");
        OutputColumn gone = Plans.text(9001);
        assertThat(
                        sql.runWith(
                                "DELETE FROM t WHERE id = 1 RETURNING n",
                                new PhysicalNode.CommonTableScan(77, "gone", List.of(gone))))
                .containsExactly("a");
        assertThat(sql.runWith("DELETE FROM t", new PhysicalNode.SingleRow()))
                .containsExactly("", "affected 0");
        assertThat(rows()).isEmpty();
    }

    @Test
    void aTableThatWithChangesIsReadAsItWas() {
        sql.run("INSERT INTO t VALUES (1, 10, 'a')");
        assertThat(sql.runWith("DELETE FROM t", sql.plan("SELECT id FROM t"))).containsExactly("1");
        assertThat(rows()).isEmpty();
    }

    @Test
    void groupsAreReadByJoinsAndNestedAndAgreeWithUngroupedTwins() {
        for (boolean grouping : new boolean[] {true, false}) {
            String suffix = grouping ? "_g" : "_u";
            sql.shop.create(
                    "c" + suffix,
                    table ->
                            table.column("id", SqlType.INTEGER)
                                    .column("name", SqlType.TEXT)
                                    .primaryKey(1));
            sql.shop.create(
                    "o" + suffix,
                    table ->
                            table.column("id", SqlType.INTEGER)
                                    .column("c_id", SqlType.INTEGER)
                                    .primaryKey(1)
                                    .foreignKey(
                                            grouping,
                                            sql.shop.table("c" + suffix),
                                            Action.NO_ACTION,
                                            Action.NO_ACTION,
                                            2));
            sql.run("INSERT INTO c" + suffix + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
            sql.run("INSERT INTO o" + suffix + " VALUES (10, 1), (11, 1), (12, 3), (13, NULL)");
            List<String> nested =
                    sql.run(
                            "SELECT name, (SELECT o.id, o.c_id FROM o$ o WHERE o.c_id = c.id) os"
                                            .replace("$", suffix)
                                    + " FROM c$ c ORDER BY c.id".replace("$", suffix));
            assertThat(nested)
                    .containsExactly(
                            "a|[{\"id\":10,\"c_id\":1}, \n {\"id\":11,\"c_id\":1}]",
                            "b|[]",
                            "c|[{\"id\":12,\"c_id\":3}]");
            assertThat(
                            sql.run(
                                    "SELECT c.name, o.id FROM c$ c LEFT JOIN o$ o ON o.c_id = c.id ORDER BY 1, 2"
                                            .replace("$", suffix)))
                    .containsExactly("a|10", "a|11", "b|", "c|12");
        }
    }
}
