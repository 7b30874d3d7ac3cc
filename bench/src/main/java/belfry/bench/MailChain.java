package belfry.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets up the tutorial's chain in a development server and measures read after read until the mail is accepted. */
final class MailChain {
    private static final String ACCOUNT = "123456789012";
    private static final String TOPIC = "arn:aws:sns:us-east-1:" + ACCOUNT + ":bench";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/_belfry/confirm\\?[^\\s\"<>]+");

    private final int port;
    private final SmtpSink sink;
    private final HttpClient http = HttpClient.newHttpClient();

    MailChain(int port, SmtpSink sink) {
        this.port = port;
        this.sink = sink;
    }

    double[] delays(int mails) throws IOException, InterruptedException {
        setUp();
        byte[] read = Wire.call(port, "secretsmanager", "secretsmanager.GetSecretValue", "{\"SecretId\":\"bench\"}");
        double[] millis = new double[mails];
        try (Wire wire = new Wire(port)) {
            for (int i = -20; i < mails; i++) {
                wire.send(read).orFail();
                long answered = System.nanoTime();
                double delay = (mail().nanos() - answered) / 1e6;
                if (i >= 0) {
                    millis[i] = delay;
                }
                // The period empties, the alarm returns to OK (which mails nothing), and the next read fires it again.
                post("/_belfry/clock", "application/json", "{\"advance\":\"PT10M\"}");
            }
        }
        return millis;
    }

    private void setUp() throws IOException, InterruptedException {
        json("secretsmanager", "secretsmanager.CreateSecret", """
                {"Name":"bench","SecretString":"unimportant",
                 "ClientRequestToken":"11111111-2222-3333-4444-555555555555"}""");
        s3("/bench-trail", "");
        s3("/bench-trail?policy", """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
                 "Action":["s3:GetBucketAcl","s3:PutObject"],"Resource":["arn:aws:s3:::bench-trail","arn:aws:s3:::bench-trail/*"]}]}""");
        json("logs", "Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"bench\"}");
        form("iam", "Action=CreateRole&Version=2010-05-08&RoleName=bench&AssumeRolePolicyDocument=" + encode("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
                         {"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        form(
                "iam",
                "Action=PutRolePolicy&Version=2010-05-08&RoleName=bench&PolicyName=logs&PolicyDocument=" + encode("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                         "Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"""));
        json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.CreateTrail", """
                {"Name":"bench","S3BucketName":"bench-trail",
                 "CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:%1$s:log-group:bench:*",
                 "CloudWatchLogsRoleArn":"arn:aws:iam::%1$s:role/bench"}""".formatted(
                        ACCOUNT));
        json(
                "cloudtrail",
                "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.StartLogging",
                "{\"Name\":\"bench\"}");
        json("logs", "Logs_20140328.PutMetricFilter", """
                {"logGroupName":"bench","filterName":"reads","filterPattern":"{ $.eventName = \\"GetSecretValue\\" }",
                 "metricTransformations":[{"metricName":"Reads","metricNamespace":"Bench","metricValue":"1"}]}""");
        form("sns", "Action=CreateTopic&Version=2010-03-31&Name=bench");
        form(
                "sns",
                "Action=Subscribe&Version=2010-03-31&Protocol=email&Endpoint=bench%40example.com&TopicArn=" + TOPIC);
        confirm(mail().content());
        form(
                "monitoring",
                "Action=PutMetricAlarm&Version=2010-08-01&AlarmName=bench&Namespace=Bench&MetricName=Reads"
                        + "&Statistic=Sum&Period=60&EvaluationPeriods=1&Threshold=1&TreatMissingData=notBreaching"
                        + "&ComparisonOperator=GreaterThanOrEqualToThreshold&AlarmActions.member.1=" + TOPIC);
    }

    private SmtpSink.Accepted mail() throws InterruptedException {
        SmtpSink.Accepted mail = sink.mails().poll(30, TimeUnit.SECONDS);
        if (mail == null) {
            throw new IllegalStateException("no mail came");
        }
        return mail;
    }

    private void confirm(String mail) throws IOException, InterruptedException {
        // Quoted-printable hides the equals signs of the link and folds its lines.
        Matcher link = LINK.matcher(mail.replace("=\n", "").replace("=3D", "=").replace("&amp;", "&"));
        if (!link.find()) {
            throw new IllegalStateException("no link in the confirmation mail");
        }
        ok(HttpRequest.newBuilder(URI.create(link.group())));
    }

    private void json(String service, String target, String body) throws IOException {
        try (Wire wire = new Wire(port)) {
            var unused = wire.send(Wire.call(port, service, target, body)).orFail();
        }
    }

    private void form(String service, String form) throws IOException, InterruptedException {
        ok(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header("Authorization", credential(service))
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private void s3(String path, String body) throws IOException, InterruptedException {
        ok(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", credential("s3"))
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void post(String path, String type, String body) throws IOException, InterruptedException {
        ok(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private void ok(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
    }

    private static String credential(String service) {
        return "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=0";
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
