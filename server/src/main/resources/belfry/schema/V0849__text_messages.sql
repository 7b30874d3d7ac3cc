-- What SetSMSAttributes set, and the numbers that want no more text messages, as the gateway told (docs/decisions/0820).
CREATE TABLE sms_settings (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    attributes TEXT NOT NULL,
    PRIMARY KEY (account, region)
);

CREATE TABLE sms_opt_out (
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    number TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (account, region, number)
);
