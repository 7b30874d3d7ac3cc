// Checks an SNS message on standard input with the package sns-validator, its host check relaxed to this machine; exits
// with 1 where the signature is wrong. The package fetches certificates by https only; the server under test has none.
const http = require('http');
const https = require('https');
https.get = (url, done) => http.get(url.replace(/^https:/, 'http:'), done);
const MessageValidator = require('sns-validator');

const message = JSON.parse(require('fs').readFileSync(0, 'utf8'));
message.SigningCertURL = message.SigningCertURL.replace(/^http:/, 'https:');
new MessageValidator(/^127\.0\.0\.1(:\d+)?$/).validate(message, (error) => {
  console.log(error ? error.message : 'right');
  process.exit(error ? 1 : 0);
});
