package belfry.tools.setup;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All steps of one setup.
 *
 * @param leftOut the ids of detections that were not told what they need, with what that is
 */
record Plan(Target target, List<Step> steps, List<String> leftOut) {
    Plan {
        steps = List.copyOf(steps);
        leftOut = List.copyOf(leftOut);
    }

    /** Compares what the packs want with what is there; changes nothing. */
    static Plan of(List<Packs.Pack> packs, Map<String, List<String>> parameters, Target target, SetupClients clients) {
        List<Detection> detections = packs.stream()
                .flatMap(pack -> pack.detections(parameters).stream())
                .toList();
        List<Step> steps = new ArrayList<>(new FilterSteps(clients.logs(), target.logGroup()).steps(detections));
        steps.addAll(new AlarmSteps(clients.metrics(), target.topic()).steps(detections));
        return new Plan(target, steps, leftOut(packs, parameters));
    }

    private static List<String> leftOut(List<Packs.Pack> packs, Map<String, List<String>> parameters) {
        List<String> leftOut = new ArrayList<>();
        for (Packs.Pack pack : packs) {
            for (String text : pack.texts()) {
                Detection detection = Packs.detection(text);
                detection.parameters().stream()
                        .filter(name -> parameters.getOrDefault(name, List.of()).isEmpty())
                        .forEach(name -> leftOut.add(detection.code() + " (" + need(name) + ")"));
            }
        }
        return leftOut;
    }

    private static String need(String parameter) {
        return parameter.equals("trailBucket") ? "no trail with that log group is known" : "needs --" + parameter;
    }

    /**
     * Prints the plan and, unless dry, carries it out. Does nothing at all where something of another's is in the way.
     *
     * @return whether all is now, or would be, as it should be
     */
    boolean carryOut(boolean dry, List<String> warnings, PrintWriter out) {
        out.println("log group " + target.logGroup() + ", topic " + target.topic());
        warnings.forEach(warning -> out.println("warning: " + warning));
        leftOut.forEach(one -> out.println("left out: " + one));
        List<Step> inTheWay = with(Step.Verdict.NOT_OURS);
        if (!inTheWay.isEmpty()) {
            inTheWay.forEach(step -> print(step, out));
            out.println("These names are taken by something that setup did not make. Nothing was changed.");
            return false;
        }
        for (Step step : steps) {
            if (step.verdict() != Step.Verdict.SAME) {
                if (!dry) {
                    step.apply().run();
                }
                print(step, out);
            }
        }
        out.println(summary(dry));
        return true;
    }

    private static void print(Step step, PrintWriter out) {
        out.println(step.verdict().sign() + " " + step.kind() + " " + step.name());
        step.details().forEach(line -> out.println("    " + line));
        out.flush();
    }

    private List<Step> with(Step.Verdict verdict) {
        return steps.stream().filter(step -> step.verdict() == verdict).toList();
    }

    private String summary(boolean dry) {
        int created = with(Step.Verdict.NEW).size();
        int changed = with(Step.Verdict.CHANGED).size();
        int same = with(Step.Verdict.SAME).size();
        String rest = same + " as they should be.";
        if (created + changed == 0) {
            return "Nothing to do: " + rest;
        }
        return dry
                ? "Would create " + created + " and change " + changed + "; " + rest + " Nothing was done (--dry-run)."
                : "Created " + created + ", changed " + changed + "; " + rest;
    }
}
