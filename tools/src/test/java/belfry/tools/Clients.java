package belfry.tools;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.TrailInfo;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.MetricFilter;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryDefinition;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sns.model.Topic;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a person would look up beside Terraform. */
final class Clients implements AutoCloseable {
    private final List<SdkClient> made = new ArrayList<>();
    private final URI url;
    private final SecretsManagerClient secrets;
    private final CloudWatchClient alarms;
    private final SqsClient queues;

    Clients(URI url) {
        this.url = url;
        this.secrets = client(SecretsManagerClient.builder());
        this.alarms = client(CloudWatchClient.builder());
        this.queues = client(SqsClient.builder());
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(B builder) {
        C client = builder.endpointOverride(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("looker", "x")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        made.add(client);
        return client;
    }

    void read(String secret) {
        secrets.getSecretValue(r -> r.secretId(secret));
    }

    StateValue alarmState(String name) {
        return alarms.describeAlarms(r -> r.alarmNames(name))
                .metricAlarms()
                .getFirst()
                .stateValue();
    }

    /** Takes up to ten messages off the queue. */
    List<Message> receive(String queueUrl) {
        List<Message> messages = queues.receiveMessage(r -> r.queueUrl(queueUrl).maxNumberOfMessages(10))
                .messages();
        messages.forEach(
                message -> queues.deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
        return messages;
    }

    /** The names of everything that the account holds; of keys those that are not on their way out. */
    List<String> leftovers() {
        List<String> all = new ArrayList<>();
        secrets.listSecrets(r -> r.includePlannedDeletion(true)).secretList().stream()
                .map(SecretListEntry::name)
                .forEach(all::add);
        queues.listQueues().queueUrls().forEach(all::add);
        addAlarms(all);
        addKeys(all);
        addLogs(all);
        addIam(all);
        addEventsAndTopics(all);
        client(S3Client.builder()).listBuckets().buckets().stream()
                .map(Bucket::name)
                .forEach(all::add);
        client(CloudTrailClient.builder()).listTrails(r -> {}).trails().stream()
                .map(TrailInfo::trailARN)
                .forEach(all::add);
        return all;
    }

    private void addAlarms(List<String> all) {
        var found = alarms.describeAlarms(r -> r.alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
        found.metricAlarms().stream().map(MetricAlarm::alarmName).forEach(all::add);
        found.compositeAlarms().stream().map(CompositeAlarm::alarmName).forEach(all::add);
        alarms.listDashboards(r -> {}).dashboardEntries().stream()
                .map(DashboardEntry::dashboardName)
                .forEach(all::add);
    }

    private void addKeys(List<String> all) {
        KmsClient keys = client(KmsClient.builder());
        keys.listAliases().aliases().stream()
                .map(AliasListEntry::aliasName)
                .filter(alias -> !alias.startsWith("alias/aws/"))
                .forEach(all::add);
        keys.listKeys().keys().stream()
                .map(KeyListEntry::keyId)
                .map(id -> keys.describeKey(r -> r.keyId(id)).keyMetadata())
                .filter(key -> key.keyManager() == KeyManagerType.CUSTOMER)
                .filter(key -> key.keyState() != KeyState.PENDING_DELETION)
                .map(KeyMetadata::arn)
                .forEach(all::add);
    }

    private void addLogs(List<String> all) {
        CloudWatchLogsClient logs = client(CloudWatchLogsClient.builder());
        logs.describeLogGroups().logGroups().stream()
                .map(LogGroup::logGroupName)
                .forEach(all::add);
        logs.describeMetricFilters().metricFilters().stream()
                .map(MetricFilter::filterName)
                .forEach(all::add);
        logs.describeQueryDefinitions(r -> {}).queryDefinitions().stream()
                .map(QueryDefinition::name)
                .forEach(all::add);
    }

    private void addIam(List<String> all) {
        IamClient iam = client(IamClient.builder());
        iam.listUsers().users().stream().map(User::arn).forEach(all::add);
        iam.listRoles().roles().stream().map(Role::arn).forEach(all::add);
        iam.listPolicies(r -> r.scope(PolicyScopeType.LOCAL)).policies().stream()
                .map(Policy::arn)
                .forEach(all::add);
    }

    private void addEventsAndTopics(List<String> all) {
        client(EventBridgeClient.builder()).listRules(r -> {}).rules().stream()
                .map(Rule::arn)
                .forEach(all::add);
        SnsClient topics = client(SnsClient.builder());
        topics.listTopics().topics().stream().map(Topic::topicArn).forEach(all::add);
        topics.listSubscriptions().subscriptions().stream()
                .map(Subscription::endpoint)
                .forEach(all::add);
    }

    @Override
    public void close() {
        made.forEach(SdkClient::close);
    }
}
