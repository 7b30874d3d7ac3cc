package belfry.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Strangers' text, made safe to look at. */
class PrintableTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        String text = "Größe «ok» 你好 👍 aws-cli/2.15 (x; y)";
        assertThat(Printable.line(text)).isSameAs(text);
        assertThat(Printable.lines("a\n\tb")).isEqualTo("a\n\tb");
    }

    @Test
    void whatActsOnATerminalIsShown() {
        assertThat(Printable.line("\u001b[2J\u009b31mred\u0007")).isEqualTo("\\u001b[2J\\u009b31mred\\u0007");
    }

    @Test
    void whatTurnsOrHidesTextIsShown() {
        assertThat(Printable.line("a\u202egnp.exe\u2066b\u200bc\ufeff\u00ad"))
                .isEqualTo("a\\u202egnp.exe\\u2066b\\u200bc\\ufeff\\u00ad");
    }

    @Test
    void noValuePretendsToBeTheNextLine() {
        assertThat(Printable.line("x\r\nBcc: eve\u2028y\u0085z")).isEqualTo("x\\r\\nBcc: eve\\u2028y\\u0085z");
        assertThat(Printable.lines("x\r\ny\rz")).isEqualTo("x\ny\\rz");
    }

    @Test
    void halfALetterIsShown() {
        assertThat(Printable.line("a\ud83d")).isEqualTo("a\\ud83d");
    }

    @Test
    void noMailProgramMakesALinkOfIt() {
        assertThat(Printable.unlinked("see HTTPS://evil.example/x and http://y"))
                .isEqualTo("see hxxPS://evil.example/x and hxxp://y");
    }
}
