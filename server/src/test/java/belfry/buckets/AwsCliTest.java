package belfry.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aws s3}, as people type it. Needs the AWS CLI on the path and says so where it is absent. */
class AwsCliTest {
    @TempDir
    private Path folder;

    private final TestServer server = TestServer.start();

    @BeforeEach
    void needsTheCli() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(part -> Files.isExecutable(Path.of(part, "aws")));
        Assumptions.assumeTrue(there, "the AWS CLI (aws) is not on the PATH");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("AWS_ENDPOINT_URL", server.url().toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", TestServer.USER);
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "not-a-secret");
        builder.environment().put("AWS_DEFAULT_REGION", TestServer.REGION);
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void filesGoInAndOut() throws IOException, InterruptedException {
        byte[] large = S3Test.noise(9 * 1024 * 1024);
        Files.createDirectories(folder.resolve("tree/deep"));
        Files.write(folder.resolve("tree/large.bin"), large);
        Files.writeString(folder.resolve("tree/deep/a b+c.txt"), "small");
        // The server's time stands still; a file newer than its object would be uploaded again.
        FileTime before = FileTime.from(TestServer.START.minusSeconds(60));
        Files.setLastModifiedTime(folder.resolve("tree/large.bin"), before);
        Files.setLastModifiedTime(folder.resolve("tree/deep/a b+c.txt"), before);
        aws("s3", "mb", "s3://cli-bucket");
        aws("s3", "sync", "tree", "s3://cli-bucket/tree");
        assertThat(aws("s3", "ls", "s3://cli-bucket/tree/"))
                .contains("PRE deep/")
                .contains("9437184 large.bin");
        // Above 8 MB the CLI uploads in parts.
        assertThat(aws("s3api", "head-object", "--bucket", "cli-bucket", "--key", "tree/large.bin"))
                .contains("-2\\\"");
        aws("s3", "cp", "s3://cli-bucket/tree", "back", "--recursive");
        assertThat(Files.readAllBytes(folder.resolve("back/large.bin"))).isEqualTo(large);
        assertThat(Files.readString(folder.resolve("back/deep/a b+c.txt"))).isEqualTo("small");
        assertThat(aws("s3", "sync", "tree", "s3://cli-bucket/tree")).isBlank();
        aws("s3", "mv", "s3://cli-bucket/tree/large.bin", "s3://cli-bucket/moved.bin");
        aws("s3", "rm", "s3://cli-bucket/tree", "--recursive");
        assertThat(aws("s3", "ls", "s3://cli-bucket", "--recursive"))
                .contains("moved.bin")
                .doesNotContain("tree");
        aws("s3", "rb", "s3://cli-bucket", "--force");
        assertThat(aws("s3", "ls")).isBlank();
    }
}
