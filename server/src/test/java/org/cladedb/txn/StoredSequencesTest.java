package org.cladedb.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cladedb.catalog.Sequence;
import org.cladedb.common.Clock;
import org.cladedb.error.DatabaseException;
import org.cladedb.kv.memory.MemoryStore;
import org.cladedb.storage.group.Shop;
import org.cladedb.types.SqlType;
import org.junit.jupiter.api.Test;

final class StoredSequencesTest {
    private final MemoryStore store = new MemoryStore();
    private final Database database = Shop.first(Databases.open(store, Clock.system()));

    static Sequence sequence(long increment, long minimum, long maximum, boolean cycle) {
        long start = increment > 0 ? minimum : maximum;
        return new Sequence(
                17000,
                "public",
                "s",
                SqlType.BIGINT,
                start,
                increment,
                minimum,
                maximum,
                1,
                cycle,
                0,
                0,
                false,
                false);
    }

    private DatabaseTransaction begin(Database of) {
        return of.begin(IsolationLevel.READ_COMMITTED, false);
    }

    private Sequence created(Sequence sequence) {
        DatabaseTransaction transaction = begin(database);
        transaction.beginStatement();
        transaction.changeCatalog(transaction.catalog().toBuilder().put(sequence).build());
        transaction.endStatement();
        transaction.commit(true);
        return sequence;
    }

    private long next(Database of, Sequence sequence) {
        DatabaseTransaction transaction = begin(of);
        try {
            return of.sequences().next(transaction, sequence);
        } finally {
            // Values drawn are not given back.
            transaction.rollback();
        }
    }

    @Test
    void valuesFollowEachOther() {
        Sequence sequence = created(sequence(1, 1, Long.MAX_VALUE, false));
        for (long i = 1; i <= 100; i++) {
            assertThat(next(database, sequence)).isEqualTo(i);
        }
        DatabaseTransaction transaction = begin(database);
        assertThat(database.sequences().state(transaction, sequence))
                .isEqualTo(new Sequences.State(100, true));
        database.sequences().set(transaction, sequence, 7, false);
        assertThat(database.sequences().next(transaction, sequence)).isEqualTo(7);
        assertThat(database.sequences().next(transaction, sequence)).isEqualTo(8);
        transaction.rollback();
    }

    @Test
    void aCrashSkipsButNeverRepeats() {
        Sequence sequence = created(sequence(1, 1, Long.MAX_VALUE, false));
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = next(database, sequence);
        }
        Database restarted = Shop.first(Databases.open(store, Clock.system()));
        assertThat(next(restarted, sequence)).isGreaterThan(last).isLessThan(100);
    }

    @Test
    void closingGivesBackWhatWasNotDrawn() {
        Sequence sequence = created(sequence(5, 10, 1000, false));
        assertThat(next(database, sequence)).isEqualTo(10);
        assertThat(next(database, sequence)).isEqualTo(15);
        ((StoredSequences) database.sequences()).close();
        Database restarted = Shop.first(Databases.open(store, Clock.system()));
        assertThat(next(restarted, sequence)).isEqualTo(20);
    }

    @Test
    void boundsEndOrCycle() {
        Sequence ending = created(sequence(1, 1, 3, false));
        assertThat(next(database, ending)).isEqualTo(1);
        assertThat(next(database, ending)).isEqualTo(2);
        assertThat(next(database, ending)).isEqualTo(3);
        assertThatThrownBy(() -> next(database, ending))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        failure -> {
                            assertThat(failure.state().code()).isEqualTo("2200H");
                            assertThat(failure.message())
                                    .isEqualTo(
                                            "nextval: reached maximum value of sequence \"s\" (3)");
                        });
        Sequence cycling =
                new Sequence(
                        17001,
                        "public",
                        "c",
                        SqlType.BIGINT,
                        Long.MIN_VALUE + 1,
                        -1,
                        Long.MIN_VALUE,
                        -5,
                        1,
                        true,
                        0,
                        0,
                        false,
                        false);
        created(cycling);
        assertThat(next(database, cycling)).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(next(database, cycling)).isEqualTo(Long.MIN_VALUE);
        assertThat(next(database, cycling)).isEqualTo(-5);
    }

    @Test
    void aSequenceOfAnOpenTransactionLivesInIt() {
        Sequence sequence = sequence(1, 1, 100, false);
        DatabaseTransaction transaction = begin(database);
        transaction.beginStatement();
        transaction.changeCatalog(transaction.catalog().toBuilder().put(sequence).build());
        assertThat(database.sequences().next(transaction, sequence)).isEqualTo(1);
        assertThat(database.sequences().next(transaction, sequence)).isEqualTo(2);
        transaction.endStatement();
        transaction.rollback();
        created(sequence);
        assertThat(next(database, sequence)).isEqualTo(1);
    }
}
