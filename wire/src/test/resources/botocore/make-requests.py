"""Writes requests as botocore sends them: one file each, head and body as on the wire."""
import botocore.session, botocore.awsrequest, datetime, gzip, io, os, sys, json, re
out=sys.argv[1]; os.makedirs(out, exist_ok=True)
import botocore.auth, botocore.utils, botocore.compat
FIXED=datetime.datetime(2026,1,2,3,4,5,tzinfo=datetime.timezone.utc)
class D(datetime.datetime):
    @classmethod
    def utcnow(cls): return FIXED.replace(tzinfo=None)
    @classmethod
    def now(cls,tz=None): return FIXED
import botocore.compat
for m in (botocore.auth, botocore.compat):
    if hasattr(m,'get_current_datetime'): m.get_current_datetime=lambda remove_tzinfo=True: FIXED.replace(tzinfo=None) if remove_tzinfo else FIXED
s=botocore.session.Session(); s.set_credentials('AKIAIOSFODNN7EXAMPLE','wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
class Stop(Exception): pass
def run(name, svc, op, endpoint='http://localhost:4566', config=None, **kw):
    c=s.create_client(svc, region_name='eu-central-1', endpoint_url=endpoint, config=config)
    def send(request, **_):
        body=request.body or b''
        if hasattr(body,'read'): body=body.read()
        if isinstance(body,str): body=body.encode()
        m=re.match(r'https?://([^/]+)(/[^?]*)?(\?.*)?$', request.url)
        head=f"{request.method} {(m.group(2) or '/')}{m.group(3) or ''} HTTP/1.1\r\nHost: {m.group(1)}\r\n"
        hs={k:(v.decode() if isinstance(v,bytes) else v) for k,v in request.headers.items()}
        for k,v in hs.items():
            if k.lower() in('user-agent','amz-sdk-invocation-id'): 
                if 'User-Agent' == k: v='boto'
            if k.lower()!='host': head+=f"{k}: {v}\r\n"
        open(f'{out}/{name}.http','wb').write(head.encode()+b'\r\n'+body)
        raise Stop()
    c.meta.events.register('before-send', send)
    try: getattr(c, botocore.xform_name(op))(**kw)
    except Stop: pass
from botocore.config import Config
run('secretsmanager-CreateSecret','secretsmanager','CreateSecret',Name='prod/db',SecretString='s3cr\u00e9t "q"',SecretBinary=b'\x00\xff',Tags=[{'Key':'a','Value':'b'}],ClientRequestToken='c'*32)
run('kms-Encrypt','kms','Encrypt',KeyId='alias/x',Plaintext=b'hello',EncryptionContext={'a':'b','c':'d'})
run('cloudtrail-LookupEvents','cloudtrail','LookupEvents',StartTime=FIXED,LookupAttributes=[{'AttributeKey':'EventName','AttributeValue':'GetSecretValue'}],MaxResults=5)
run('logs-PutLogEvents','logs','PutLogEvents',logGroupName='g',logStreamName='s',logEvents=[{'timestamp':1767323045000,'message':'{"a":1}'},{'timestamp':1767323045001,'message':'\u20ac'}])
run('cloudwatch-PutMetricData','cloudwatch','PutMetricData',Namespace='N',MetricData=[{'MetricName':'m','Value':1.5,'Timestamp':FIXED,'Dimensions':[{'Name':'d','Value':'v'}]}])
run('cloudwatch-PutMetricData-gzip','cloudwatch','PutMetricData',Namespace='N',MetricData=[{'MetricName':'m%d'%i,'Values':[1.0,2.5],'Counts':[1.0,3.0]} for i in range(400)])
run('events-PutRule','events','PutRule',Name='r',EventPattern='{"source":["aws.x"]}',State='ENABLED')
run('sns-Publish','sns','Publish',TopicArn='arn:aws:sns:eu-central-1:123456789012:t',Message='hi & bye + 100%',MessageAttributes={'k':{'DataType':'Binary','BinaryValue':b'\x01\x02'},'z':{'DataType':'String','StringValue':'x'}})
run('sns-CreateTopic','sns','CreateTopic',Name='t',Attributes={'DisplayName':'D n','KmsMasterKeyId':'alias/k'},Tags=[{'Key':'k','Value':'v'}])
run('sqs-SendMessage','sqs','SendMessage',QueueUrl='http://localhost:4566/123456789012/q',MessageBody='b',MessageAttributes={'k':{'DataType':'Number','StringValue':'5'}})
run('iam-CreateRole','iam','CreateRole',RoleName='r',AssumeRolePolicyDocument='{"Version":"2012-10-17"}',Tags=[{'Key':'k','Value':'v'}])
run('sts-GetCallerIdentity','sts','GetCallerIdentity')
p=Config(s3={'addressing_style':'path'}); v=Config(s3={'addressing_style':'virtual'})
run('s3-ListBuckets','s3','ListBuckets',config=p)
run('s3-CreateBucket','s3','CreateBucket',config=p,Bucket='logs',CreateBucketConfiguration={'LocationConstraint':'eu-central-1'})
run('s3-PutObject-bytes','s3','PutObject',config=p,Bucket='logs',Key='a b/\u00e4+&=?.txt',Body=b'hello world',Metadata={'Owner':'me'},ContentType='text/plain')
run('s3-PutObject-stream','s3','PutObject',config=p,Bucket='logs',Key='k',Body=io.BytesIO(b'x'*20000),ChecksumAlgorithm='SHA256')
run('s3-PutObject-stream-https','s3','PutObject',endpoint='https://localhost:4566',config=p,Bucket='logs',Key='k',Body=io.BytesIO(b'x'*20000))
run('s3-PutObject-virtual','s3','PutObject',endpoint='http://s3.localhost:4566',config=v,Bucket='logs',Key='a/b',Body=b'v')
run('s3-GetObject','s3','GetObject',config=p,Bucket='logs',Key='a//b/../c',Range='bytes=0-1',IfModifiedSince=FIXED)
run('s3-ListObjectsV2','s3','ListObjectsV2',config=p,Bucket='logs',Prefix='a b',MaxKeys=3,Delimiter='/')
run('s3-ListObjects','s3','ListObjects',config=p,Bucket='logs')
run('s3-DeleteObjects','s3','DeleteObjects',config=p,Bucket='logs',Delete={'Objects':[{'Key':'a<&>'},{'Key':'b'}],'Quiet':True})
run('s3-PutBucketPolicy','s3','PutBucketPolicy',config=p,Bucket='logs',Policy='{"Version":"2012-10-17"}')
run('s3-PutBucketTagging','s3','PutBucketTagging',config=p,Bucket='logs',Tagging={'TagSet':[{'Key':'k','Value':'v'}]})
run('s3-PutBucketAcl','s3','PutBucketAcl',config=p,Bucket='logs',AccessControlPolicy={'Owner':{'ID':'o'},'Grants':[{'Grantee':{'Type':'CanonicalUser','ID':'x'},'Permission':'READ'}]})
run('s3-CopyObject','s3','CopyObject',config=p,Bucket='logs',Key='k2',CopySource={'Bucket':'logs','Key':'k 1'})
run('s3-UploadPart','s3','UploadPart',config=p,Bucket='logs',Key='k',PartNumber=2,UploadId='u',Body=b'part')
run('s3-CompleteMultipartUpload','s3','CompleteMultipartUpload',config=p,Bucket='logs',Key='k',UploadId='u',MultipartUpload={'Parts':[{'ETag':'"e"','PartNumber':1}]},ChecksumCRC32='AAAAAA==')
run('s3-DeleteBucket','s3','DeleteBucket',config=p,Bucket='logs')
run('s3-HeadObject','s3','HeadObject',config=p,Bucket='logs',Key='k')
run('s3-GetBucketLocation','s3','GetBucketLocation',config=p,Bucket='logs')
# presigned
c=s.create_client('s3',region_name='eu-central-1',endpoint_url='http://localhost:4566',config=Config(signature_version='s3v4',s3={'addressing_style':'path'}))
u=c.generate_presigned_url('get_object',Params={'Bucket':'logs','Key':'k x'},ExpiresIn=600)
m=re.match(r'https?://([^/]+)(/.*)$',u); open(f'{out}/s3-presigned-GetObject.http','wb').write(f"GET {m.group(2)} HTTP/1.1\r\nHost: {m.group(1)}\r\n\r\n".encode())
print(len(os.listdir(out)))
