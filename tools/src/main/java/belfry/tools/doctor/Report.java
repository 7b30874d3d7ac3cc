package belfry.tools.doctor;

import belfry.base.Printable;
import belfry.tools.doctor.Finding.Verdict;
import java.io.PrintWriter;
import java.util.List;

/** Says what was found. Names are strangers' texts: they move no cursor here. */
final class Report {
    /** A read is told. */
    static final int TOLD = 0;

    /** It is not. */
    static final int NOT_TOLD = 1;

    /** It could not be found out. */
    static final int UNKNOWN = 2;

    private Report() {}

    /** Prints it all; returns the exit code. */
    static int print(Chain chain, PrintWriter out) {
        String read = "A read of " + chain.secret().orElse("a secret");
        out.println(Printable.line(
                "From the secret to the mailbox, in " + chain.region() + " of " + chain.account() + ":"));
        out.println();
        chain.findings().forEach(finding -> print(finding, out));
        out.println();
        List<String> told = chain.mailboxes().stream()
                .filter(Hop::sound)
                .map(Hop::what)
                .distinct()
                .toList();
        if (!told.isEmpty()) {
            boolean standing = chain.topics().stream()
                    .filter(Hop::sound)
                    .allMatch(hop -> chain.standing().contains(hop.what().arn()));
            out.println(Printable.line(read + " is told to " + String.join(", ", told)
                    + (standing ? ", but not while its alarm stands in ALARM: see the note." : ".")));
            return TOLD;
        }
        long broken = count(chain, Verdict.BROKEN);
        if (broken == 0 && count(chain, Verdict.UNSEEN) > 0) {
            out.println("It could not be found out: not every link may be looked at with these credentials.");
            return UNKNOWN;
        }
        out.println(Printable.line(
                read + chain.email().map(email -> " is not told to " + email).orElse(" is told to nobody") + "."));
        out.println(
                broken == 0
                        ? "No link is broken, but a single read is not enough: see the notes."
                        : "Mend what is BROKEN from the top (" + Words.plural(broken, "fault") + "), then ask again.");
        return NOT_TOLD;
    }

    private static void print(Finding finding, PrintWriter out) {
        out.printf("  %-7s%-10s %s%n", finding.verdict().word(), finding.link(), Printable.line(finding.text()));
        if (!finding.mend().isEmpty()) {
            out.println(" ".repeat(20) + "-> " + Printable.line(finding.mend()));
        }
    }

    private static long count(Chain chain, Verdict verdict) {
        return chain.findings().stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }
}
