package belfry.logs.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.store.SqliteStore;
import belfry.store.Store;
import belfry.store.Tx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Blocks against a plain list: whatever is appended, merged and dropped, scans find the same events in the same order. */
class BlocksPropertyTest {
    private static final long GROUP = 7;
    private static final int STREAMS = 3;
    private static final long DAY = NewBlock.SPAN_MAX_MILLIS;

    private final List<Event> oracle = new ArrayList<>();
    private Random random = new Random(0);
    private int messages;
    private long floor;

    @Property(tries = 60)
    void scansFindWhatAListFinds(@ForAll long seed) throws IOException {
        random = new Random(seed);
        oracle.clear();
        floor = 0;
        Path folder = Files.createTempDirectory("blocks");
        try (Store store = new SqliteStore(folder.resolve("test.db"), bell -> {})) {
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> store.change(this::append);
                    case 4 -> store.change(this::appendMixed);
                    case 5 -> store.change(this::merge);
                    case 6 -> store.change(this::dropOld);
                    default -> store.read(tx -> compare(tx));
                }
            }
            store.read(tx -> compare(tx));
        } finally {
            deleteAll(folder);
        }
    }

    private void append(Tx tx) {
        int times = random.nextInt(40) == 0 ? 40 : 1 + random.nextInt(20);
        for (int i = 0; i < times; i++) {
            long stream = 1L + random.nextInt(STREAMS);
            BlockBuilder builder = new BlockBuilder(GROUP, 16).run(stream, 1);
            List<Event> events = events(builder, stream, 0, randomTime());
            keep(BlockTable.append(tx, builder.pack()), events);
        }
    }

    private void appendMixed(Tx tx) {
        BlockBuilder builder = new BlockBuilder(GROUP, 16);
        List<Event> all = new ArrayList<>();
        long base = randomTime();
        for (int run = 0; run < 1 + random.nextInt(5); run++) {
            long stream = 1L + random.nextInt(STREAMS);
            builder.run(stream, 1);
            all.addAll(events(builder, stream, all.size(), base));
        }
        keep(BlockTable.append(tx, builder.pack()), all);
    }

    private List<Event> events(BlockBuilder builder, long stream, int firstIndex, long base) {
        List<Event> events = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        long time = base + random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            String message = "m" + messages++ + (random.nextInt(3) == 0 ? " hit " : " ")
                    + "x".repeat(random.nextInt(50) == 0 ? 30_000 : random.nextInt(200));
            builder.event(time, message);
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            events.add(new Event(stream, new Position(time, 0, firstIndex + i), 1, bytes));
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(500);
        }
        return events;
    }

    private void keep(long seq, List<Event> events) {
        for (Event event : events) {
            Position position = new Position(event.time(), seq, event.position().index());
            oracle.add(new Event(event.streamId(), position, 1, event.message()));
        }
    }

    private void merge(Tx tx) {
        for (long stream = 0; stream <= STREAMS; stream++) {
            long upTo = random.nextBoolean() ? Long.MAX_VALUE : BlockTable.latest(tx) / 2;
            BlockMerger.plan(tx, GROUP, stream, upTo)
                    .ifPresent(plan -> assertThat(BlockMerger.apply(tx, plan)).isTrue());
        }
    }

    /** A block goes only when all of its events are old: afterwards neither side shows what lies before. */
    private void dropOld(Tx tx) {
        long before = random.nextInt(4) == 0 ? randomTime() : DAY;
        BlockTable.dropBefore(tx, GROUP, before, 1000);
        oracle.removeIf(event -> event.time() < before);
        floor = Math.max(floor, before);
    }

    private boolean compare(Tx tx) {
        for (int i = 0; i < 5; i++) {
            long from = Math.max(floor, randomTime() - random.nextInt(3000));
            long to = random.nextBoolean() ? from + random.nextInt(4000) : from + DAY * random.nextInt(5);
            Optional<Long> stream = random.nextBoolean() ? Optional.empty() : Optional.of(1L + random.nextInt(STREAMS));
            boolean hits = random.nextBoolean();
            boolean forward = random.nextBoolean();
            List<String> found =
                    pages(tx, new Range(Position.startOf(from), Position.startOf(to)), stream, hits, forward);
            assertThat(found).isEqualTo(expected(from, to, stream, hits));
        }
        return true;
    }

    private List<String> pages(Tx tx, Range range, Optional<Long> stream, boolean hits, boolean forward) {
        List<String> all = new ArrayList<>();
        Range rest = range;
        for (int page = 0; page < 10_000; page++) {
            Scan scan = Scan.of(GROUP, rest).limit(1 + random.nextInt(30)).unpackAtMost(random.nextInt(20_000));
            stream.ifPresent(scan::stream);
            if (hits) {
                scan.matching((utf8, from, to) ->
                        new String(utf8, from, to - from, StandardCharsets.UTF_8).contains(" hit "));
            }
            Scan.Result result = forward ? scan.forward(tx) : scan.backward(tx);
            List<String> shown =
                    result.events().stream().map(BlocksPropertyTest::show).toList();
            all.addAll(forward ? all.size() : 0, shown);
            if (result.resume().isEmpty()) {
                return all;
            }
            Position at = result.resume().get();
            rest = forward ? rest.startingAt(at) : rest.endingBefore(at);
        }
        throw new AssertionError("the pages do not end");
    }

    private List<String> expected(long from, long to, Optional<Long> stream, boolean hits) {
        Predicate<Event> wanted = event -> event.time() >= from
                && event.time() < to
                && (stream.isEmpty() || stream.get() == event.streamId())
                && (!hits || event.text().contains(" hit "));
        return oracle.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Event::position))
                .map(BlocksPropertyTest::show)
                .toList();
    }

    private static String show(Event event) {
        assertThat(Position.parse(event.position().id())).contains(event.position());
        return event.position().id() + "/" + event.streamId() + "/" + event.text();
    }

    private long randomTime() {
        return DAY + random.nextInt(3) * (DAY - 500) + random.nextInt(3000);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
