package belfry.tools.verify;

import belfry.base.Sha256;
import belfry.tools.verify.Fault.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Checks log files against what proven digests say of them, streaming and side by side. */
final class LogFiles {
    /** So many hashes are remembered to tell a swapped file from a changed one. */
    private static final int REMEMBERED = 200_000;

    private static final int BUFFER = 64 * 1024;

    private final Archive archive;
    private final Report report;
    private final Progress progress;
    private final Listed listed;
    private final Map<String, Location> expected = new ConcurrentHashMap<>();
    private final Map<Location, String> changed = new ConcurrentHashMap<>();

    LogFiles(Archive archive, Report report, Progress progress, Listed listed) {
        this.archive = archive;
        this.report = report;
        this.progress = progress;
        this.listed = listed;
    }

    void check(String line, Digest digest, Tasks tasks) throws IOException {
        try {
            for (Digest.LogFile file : digest.logFiles()) {
                listed.expect(file.where());
                if (expected.size() < REMEMBERED) {
                    expected.put(file.hash(), file.where());
                }
                if (!archive.covers(file.where())) {
                    report.note("not looked at, for it lies elsewhere: " + file.where());
                    continue;
                }
                tasks.start(() -> {
                    report.log(line, proven(file));
                    progress.step();
                });
            }
        } catch (Digest.Unreadable e) {
            throw new IOException(digest.where() + ": " + e.getMessage(), e);
        }
    }

    private boolean proven(Digest.LogFile file) throws IOException {
        try (Archive.Content content = archive.open(file.where()).orElse(null)) {
            if (content == null) {
                report.fault(Kind.LOG_MISSING, file.where(), "a digest lists it");
                return false;
            }
            String hash = hash(content.bytes());
            if (hash.equals(file.hash())) {
                return true;
            }
            changed.put(file.where(), hash);
        } catch (ZipException | EOFException e) {
            report.fault(Kind.LOG_UNREADABLE, file.where(), "no gzip: " + e.getMessage());
        }
        return false;
    }

    private static String hash(InputStream bytes) throws IOException {
        MessageDigest hash = Sha256.digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new GZIPInputStream(bytes, BUFFER)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** Once all are read: what does not fit its hash may fit another's. */
    void reportChanged() {
        changed.forEach((where, hash) -> {
            Location other = expected.get(hash);
            if (other == null) {
                report.fault(Kind.LOG_CHANGED, where, "its content has another hash than its digest says");
            } else {
                report.fault(Kind.LOG_SWAPPED, where, "it holds the content of " + other);
            }
        });
    }
}
