package belfry.engine.metric.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.engine.metric.MetricKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS's page on search expressions says of its examples. */
class MetricSearchTest {
    private static final String ACCOUNT = "111122223333";

    private static final Map<String, MetricKey> METRICS = Map.ofEntries(
            metric("custom", "MyNamespace", "CustomCount1"),
            metric("net2", "Net", "Network-Errors-2"),
            metric("net2b", "Net", "NetworkErrors2"),
            metric("cpu1", "AWS/EC2", "CPUUtilization", "InstanceId", "i-1"),
            metric("cpuMicro", "AWS/EC2", "CPUUtilization", "InstanceType", "t2.micro"),
            metric("cpuBoth", "AWS/EC2", "CPUUtilization", "InstanceId", "i-1", "InstanceType", "t2.micro"),
            metric("lcu", "AWS/NetworkELB", "ConsumedLCUs", "LoadBalancer", "net/a"),
            metric("flow", "AWS/NetworkELB", "NewFlowCount", "LoadBalancer", "net/a"),
            metric("errors", "AWS/Lambda", "Errors", "FunctionName", "ship-ProjectC"),
            metric("callsA", "AWS/Lambda", "Invocations", "FunctionName", "ship-ProjectA"),
            metric("callsC", "AWS/Lambda", "Invocations", "FunctionName", "ship-ProjectC"),
            metric("reads", "AWS/EBS", "VolumeReadOps", "VolumeId", "vol-1"),
            metric("failed", "Shop", "ConnectionErrors"),
            metric("odd", "My Namespace", "Custom:Name[Special_Characters", "Dimension@Name", "x"),
            metric("france", "Sales", "Europe\\France Traffic(Network)"));

    private static Map.Entry<String, MetricKey> metric(String id, String namespace, String name, String... dimensions) {
        Map<String, String> named = new java.util.TreeMap<>();
        for (int i = 0; i < dimensions.length; i += 2) {
            named.put(dimensions[i], dimensions[i + 1]);
        }
        return Map.entry(id, MetricKey.of(namespace, name, named));
    }

    private static String found(String search) {
        MetricSearch parsed = MetricSearch.parse(search);
        return METRICS.entrySet().stream()
                .filter(metric -> parsed.finds(metric.getValue(), ACCOUNT))
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "CustomCount1 ~ Custom Count 1 ~ customcount1",
                "SDBFailure ~ SDB Failure ~ sdbfailure",
                "Project2-trial333 ~ Project 2 trial 333 ~ project2trial333",
                "couNT ~ cou NT ~ count",
                "Network--Errors_2 ~ Network Errors 2 ~ networkerrors2"
            })
    void namesAreCutIntoWords(String name, String words, String joined) {
        Words cut = Words.of(name);
        assertThat(cut.parts().stream().flatMap(List::stream).collect(Collectors.joining(" ")))
                .isEqualTo(words);
        assertThat(cut.joined()).isEqualTo(joined);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{MyNamespace} count ~ custom",
                "{MyNamespace} COUNT ~ custom",
                "{MyNamespace} couNT ~ ``",
                "{MyNamespace} CustomCount ~ custom",
                "{MyNamespace} Count1 ~ custom",
                "{MyNamespace} customcount ~ ``",
                "{MyNamespace} count1 ~ ``",
                "{MyNamespace} customcount1 ~ custom",
                "{MyNamespace}, \"CustomCount1\" ~ custom",
                "{MyNamespace}, \"customcount1\" ~ ``",
                "{MyNamespace}, \"Custom\" ~ ``",
                "network/errors ~ net2 net2b",
                "network+errors ~ net2 net2b",
                "Network_Errors ~ net2 net2b",
                "\"Network-Errors-2\" ~ net2",
                "\"Network_Errors_2\" ~ ``",
                "{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\" ~ cpu1",
                "{AWS/EC2 InstanceId}, MetricName=\"CPUUtilization\" ~ cpu1",
                "{AWS/EC2,InstanceType,InstanceId} ~ cpuBoth",
                "{AWS/EC2} MetricName=\"CPUUtilization\" ~ cpu1 cpuBoth cpuMicro",
                "{aws/ec2} ~ ``",
                "InstanceType=micro ~ cpuBoth cpuMicro",
                "InstanceType=\"micro\" ~ ``",
                "{AWS/EC2,InstanceType} InstanceType=\"t2.micro\" Namespace=\"AWS/EC2\" ~ cpuMicro",
                "{AWS/EC2,InstanceId} \"InstanceId\"=(\"i-0\" OR \"i-1\") ~ cpu1",
                "{AWS/NetworkELB, LoadBalancer} \"ConsumedLCUs\" OR flow ~ flow lcu",
                "{AWS/Lambda,FunctionName} MetricName=\"Errors\" OR (MetricName=\"Invocations\" AND (ProjectA OR ProjectB)) ~ callsA errors",
                "(EC2 OR EBS) AND MetricName=ReadOps ~ reads",
                "(EC2 OR EBS) MetricName=ReadOps ~ reads",
                "{AWS/Lambda,FunctionName} NOT \"ship-ProjectC\" ~ callsA",
                "NOT Namespace=AWS ~ custom failed france net2 net2b odd",
                "Errors ~ errors failed net2 net2b",
                "\"Errors\" ~ errors",
                "{\"My Namespace\", \"Dimension@Name\"}, \"Custom:Name[Special_Characters\" ~ odd",
                "\"Europe\\\\France Traffic\\(Network\\)\" ~ france",
                "\"Europe\\\\France Traffic(Network)\" ~ france",
                "AWS/Lambda :aws.AccountId = 111122223333 ~ callsA callsC errors",
                "AWS/Lambda :aws.AccountId = (444455556666 OR 'LOCAL') ~ callsA callsC errors",
                "AWS/Lambda :aws.AccountId = 444455556666 ~ ``",
                "errors AND or ~ ``"
            })
    void findsWhatAwsFinds(String search, String expected) {
        assertThat(found(search)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void whatAMetricLacksNothingHoldsOf() {
        String without = "NOT InstanceType=micro";
        assertThat(Arrays.asList(found(without).split(" "))).hasSize(METRICS.size() - 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{}",
                "{ , }",
                "{A",
                "{\"A}",
                "()",
                "(a",
                "a)",
                "a OR",
                "OR a",
                "AND",
                "NOT",
                "\"a",
                "\"a\\n\"",
                "\"a\\",
                "=a",
                "MetricName=",
                "MetricName=(a",
                "MetricName=(b=c)",
                "-",
                "a {B}, -"
            })
    void refusesWhatIsNoSearch(String search) {
        assertThatThrownBy(() -> MetricSearch.parse(search)).isInstanceOf(SearchException.class);
    }

    @Test
    void hasLimits() {
        assertThat(MetricSearch.parse("a".repeat(1024))).isNotNull();
        assertThatThrownBy(() -> MetricSearch.parse("a".repeat(1025))).isInstanceOf(SearchException.class);
        assertThatThrownBy(() -> MetricSearch.parse("(".repeat(1000))).isInstanceOf(SearchException.class);
        assertThatThrownBy(() -> MetricSearch.parse("NOT ".repeat(250) + "a")).isInstanceOf(SearchException.class);
    }
}
