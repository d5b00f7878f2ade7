package org.cladedb.storage.catalogstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.cladedb.catalog.CatalogSnapshot;
import org.cladedb.catalog.Column;
import org.cladedb.catalog.Constraints;
import org.cladedb.catalog.ForeignKey;
import org.cladedb.catalog.GroupLayout;
import org.cladedb.catalog.Index;
import org.cladedb.catalog.ObjectReference;
import org.cladedb.catalog.Schema;
import org.cladedb.catalog.Sequence;
import org.cladedb.catalog.Table;
import org.cladedb.catalog.View;
import org.cladedb.error.DatabaseException;
import org.cladedb.kv.Durability;
import org.cladedb.kv.KeyValueStore;
import org.cladedb.kv.Transaction;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.types.SqlType;
import org.cladedb.types.TypeKind;
import org.junit.jupiter.api.Test;

final class CatalogStoreTest {
    private static final CatalogStore CATALOG = new CatalogStore(0);

    private static final Index.IndexColumn FIRST = Index.IndexColumn.of(1);

    private static Table parent() {
        List<Column> columns =
                List.of(
                        Column.of(1, "id", SqlType.INTEGER),
                        new Column(
                                2,
                                "größe",
                                new SqlType.Scalar(TypeKind.NUMERIC, (10 << 16 | 2) + 4),
                                true,
                                "1.00",
                                Column.Generation.NONE,
                                false,
                                "0.50",
                                "C"),
                        new Column(
                                3,
                                "tags",
                                SqlType.arrayOf(SqlType.TEXT),
                                false,
                                null,
                                Column.Generation.IDENTITY_ALWAYS,
                                true,
                                null,
                                null));
        Index primary =
                new Index(
                        17001,
                        "parent_pkey",
                        0,
                        List.of(FIRST),
                        List.of(),
                        true,
                        true,
                        false,
                        null);
        Index other =
                new Index(
                        17002,
                        "parent_size",
                        0,
                        List.of(new Index.IndexColumn(0, "abs(id)", "C", 10056, true, true)),
                        List.of(2, 3),
                        false,
                        false,
                        false,
                        "id > 0");
        return GroupLayout.draft(
                17000,
                "public",
                "parent",
                columns,
                List.of(primary, other),
                new Constraints(
                        List.of(new Constraints.KeyConstraint(17003, "parent_pkey", true, 17001)),
                        List.of(new Constraints.CheckConstraint(17004, "positive", "id > 0")),
                        List.of()));
    }

    private static Table child() {
        ForeignKey key =
                new ForeignKey(
                        17101,
                        "child_fkey",
                        List.of(1),
                        17000,
                        List.of(1),
                        ForeignKey.Action.CASCADE,
                        ForeignKey.Action.SET_NULL,
                        true,
                        false,
                        true,
                        true,
                        true);
        return GroupLayout.draft(
                17100,
                "s",
                "child",
                List.of(Column.of(1, "parent_id", SqlType.INTEGER)),
                List.of(),
                new Constraints(List.of(), List.of(), List.of(key)));
    }

    private static CatalogSnapshot filled() {
        CatalogSnapshot catalog =
                CatalogSnapshot.empty().toBuilder().put(new Schema(16390, "s")).build();
        catalog = GroupLayout.addTable(catalog, parent());
        catalog = GroupLayout.addTable(catalog, child());
        return catalog.toBuilder()
                .put(
                        new View(
                                17200,
                                "public",
                                "v",
                                List.of(Column.of(1, "x", SqlType.TIMESTAMPTZ)),
                                "SELECT now() AS x",
                                List.of(
                                        new ObjectReference(17000, 0),
                                        new ObjectReference(17000, 2)),
                                List.of()))
                .put(
                        new Sequence(
                                17300,
                                "s",
                                "q",
                                SqlType.BIGINT,
                                1,
                                -2,
                                Long.MIN_VALUE,
                                -1,
                                1,
                                true,
                                17000,
                                1,
                                true,
                                false))
                .comment(17000, 2, "a column\nof two lines")
                .build();
    }

    private static void assertSame(CatalogSnapshot actual, CatalogSnapshot expected) {
        assertThat(actual.version()).isEqualTo(expected.version());
        assertThat(actual.nextOid()).isEqualTo(expected.nextOid());
        assertThat(actual.nextSpaceId()).isEqualTo(expected.nextSpaceId());
        assertThat(actual.schemas()).isEqualTo(expected.schemas());
        assertThat(actual.tables()).isEqualTo(expected.tables());
        assertThat(actual.views()).isEqualTo(expected.views());
        assertThat(actual.sequences()).isEqualTo(expected.sequences());
        assertThat(actual.groups()).isEqualTo(expected.groups());
        assertThat(expected.differencesTo(actual).comments()).isEmpty();
    }

    private static CatalogSnapshot store(
            KeyValueStore store, CatalogSnapshot before, CatalogSnapshot after) {
        try (Transaction transaction = store.begin()) {
            CATALOG.write(transaction, before, after);
            transaction.commit(Durability.SYNC);
        }
        try (Transaction transaction = store.begin()) {
            assertThat(CATALOG.version(transaction)).isEqualTo(after.version());
            return CATALOG.load(transaction);
        }
    }

    @Test
    void everyKindOfObjectComesBack() {
        try (KeyValueStore store = new MemoryStore()) {
            CatalogSnapshot catalog = filled();
            assertSame(store(store, CatalogSnapshot.empty(), catalog), catalog);
        }
    }

    @Test
    void removedObjectsAreGone() {
        try (KeyValueStore store = new MemoryStore()) {
            CatalogSnapshot catalog = filled();
            store(store, CatalogSnapshot.empty(), catalog);
            CatalogSnapshot less = GroupLayout.removeTable(catalog, 17100);
            less = GroupLayout.removeTable(less, 17000);
            less =
                    less.toBuilder()
                            .removeSchema("s")
                            .removeSchema("public")
                            .removeView(17200)
                            .removeSequence(17300)
                            .comment(17000, 2, null)
                            .build();
            assertSame(store(store, catalog, less), less);
        }
    }

    @Test
    void anEmptyStoreIsAnEmptyDatabase() {
        try (KeyValueStore store = new MemoryStore();
                Transaction transaction = store.begin()) {
            assertSame(CATALOG.load(transaction), CatalogSnapshot.empty());
        }
    }

    @Test
    void damagedBytesAreReported() {
        Table table = filled().tables().getFirst();
        byte[] bytes = CatalogCodec.write(table);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CatalogCodec.readTable(cut))
                    .as("cut to " + length)
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            failure -> assertThat(failure.state().code()).isEqualTo("XX001"));
        }
        bytes[0] = 99;
        assertThatThrownBy(() -> CatalogCodec.readTable(bytes)).hasMessageContaining("format 99");
    }

    @Test
    void writersLearnOfWhatConcernsThem() {
        CatalogSnapshot before = GroupLayout.addTable(CatalogSnapshot.empty(), parent());
        CatalogSnapshot after = GroupLayout.addTable(before, child());
        assertThat(CatalogStore.affected(before, after).tables()).containsExactly(17000);
        assertThat(CatalogStore.affected(after, before).tables()).containsExactly(17000, 17100);
    }
}
