package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void theDemoTellsTheWholeStory() {
        StringWriter text = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute("demo", "--exit");
        assertThat(exit).as(text.toString()).isZero();
        assertThat(text.toString())
                .contains("GetSecretValue by mallory")
                .contains("Subject: ALARM: \"Secret is read\" in US East (N. Virginia)")
                .contains("user/mallory")
                .doesNotContain("demo-only-");
    }
}
