package belfry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.base.Bell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    private static final Bell BELL = new Bell("test");

    @TempDir
    private Path folder;

    private final List<Bell> rung = Collections.synchronizedList(new ArrayList<>());
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("test.db"), rung::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void advance(String name, long position) {
        store.change(tx -> Cursors.advance(tx, name, position));
    }

    private long position(String name) {
        return store.read(tx -> Cursors.position(tx, name));
    }

    @Test
    void whatIsWrittenIsReadAndSurvivesReopening() {
        advance("a", 7);
        assertThat(position("a")).isEqualTo(7);
        store.close();
        store = new SqliteStore(folder.resolve("test.db"), rung::add);
        assertThat(position("a")).isEqualTo(7);
    }

    @Test
    void workThatThrowsLeavesNoTraceAndRingsNoBell() {
        assertThatThrownBy(() -> store.write(tx -> {
                    Cursors.advance(tx, "a", 7);
                    tx.ring(BELL);
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(position("a")).isZero();
        assertThat(rung).isEmpty();
    }

    @Test
    void anAttemptCanFailWhileTheRestIsKept() {
        store.change(tx -> {
            Cursors.advance(tx, "kept", 1);
            tx.ring(BELL);
            assertThatThrownBy(() -> tx.attempt(inner -> {
                        Cursors.advance(inner, "undone", 1);
                        inner.ring(new Bell("undone"));
                        throw new IllegalStateException("inner");
                    }))
                    .hasMessage("inner");
        });
        assertThat(position("kept")).isEqualTo(1);
        assertThat(position("undone")).isZero();
        assertThat(rung).containsExactly(BELL);
    }

    @Test
    void aBrokenStatementFailsItsOwnWorkOnly() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The first work holds the writer, so that the next two fall into one group.
            Future<?> first = threads.submit(() -> store.change(tx -> {
                holding.countDown();
                awaitQuietly(go);
            }));
            holding.await();
            Future<?> good = threads.submit(() -> advance("good", 1));
            Future<?> bad = threads.submit(() -> store.write(tx -> tx.update("INSERT INTO nowhere VALUES (1)")));
            go.countDown();
            first.get();
            good.get();
            assertThatThrownBy(bad::get).hasCauseInstanceOf(StoreException.class);
        }
        assertThat(position("good")).isEqualTo(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void manyWritersShareCommits() throws Exception {
        long before = store.flushes();
        int writers = 400;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                String name = "w" + i;
                all.add(threads.submit(() -> advance(name, 1)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        long kept = store.read(tx -> tx.count("SELECT count(*) FROM cursor_position"));
        assertThat(kept).isEqualTo(writers);
        assertThat(store.flushes() - before).isLessThan(writers);
    }

    @Test
    void relayedWorkIsFlushedByTheNextBarrierAndOnlyThen() {
        long before = store.flushes();
        Store relaying = store.relaying();
        relaying.change(tx -> Cursors.advance(tx, "relayed", 1));
        relaying.change(tx -> Cursors.advance(tx, "relayed", 2));
        assertThat(position("relayed")).isEqualTo(2);
        assertThat(store.flushes()).isEqualTo(before);

        store.barrier();
        assertThat(store.flushes()).isEqualTo(before + 1);
        store.barrier();
        assertThat(store.flushes()).isEqualTo(before + 1);
    }

    @Test
    void aFlushedWriteTakesRelayedWorkAlong() {
        store.relaying().change(tx -> Cursors.advance(tx, "relayed", 1));
        advance("flushed", 1);
        long before = store.flushes();
        store.barrier();
        assertThat(store.flushes()).isEqualTo(before);
    }

    @Test
    void aCursorCannotGoBack() {
        advance("a", 7);
        assertThatThrownBy(() -> advance("a", 6)).hasMessageContaining("cannot go back");
        assertThat(position("a")).isEqualTo(7);
    }

    @Test
    void aReaderCannotSeeWhatComesAfterItsSnapshot() {
        advance("a", 1);
        long seen = store.read(tx -> {
            long first = Cursors.position(tx, "a");
            Thread other = Thread.ofVirtual().start(() -> advance("a", 2));
            try {
                other.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return first * 10 + Cursors.position(tx, "a");
        });
        assertThat(seen).isEqualTo(11);
    }
}
