import { rows, type CostlyRow } from "./row.ts";
import { SUPABASE } from "./supabase.ts";

/** Payments, files, blobs, queues and processes. */
export const RESOURCE_ROWS: readonly CostlyRow[] = [
  // https://docs.stripe.com/api
  ...rows(
    "payment",
    "calls Stripe",
    `stripe#{default,Stripe}.**.{create,update,del,cancel,confirm,capture,finalizeInvoice,pay,sendInvoice,attach,
      detach}`,
    "?#**.{checkout.sessions,paymentIntents,billingPortal.sessions}.create",
  ),
  // https://github.com/lmsqueezy/lemonsqueezy.js, https://github.com/PaddleHQ/paddle-node-sdk
  ...rows(
    "payment",
    "calls Lemon Squeezy",
    `@lemonsqueezy/lemonsqueezy.js#{createCheckout,createCustomer,createDiscount,updateCustomer,updateSubscription,
      cancelSubscription,activateLicense,validateLicense,deactivateLicense,issueOrderRefund}`,
  ),
  ...rows(
    "payment",
    "calls Paddle",
    "@paddle/paddle-node-sdk#Paddle.*.{create,update,cancel,pause,resume,activate,preview}",
  ),
  // https://polar.sh/docs/integrate/sdk/typescript, https://razorpay.com/docs/server-integration/nodejs,
  // https://docs.mollie.com
  ...rows(
    "payment",
    "calls Polar",
    "@polar-sh/sdk#Polar.{checkouts,customers,customerSessions,subscriptions,refunds}.{create,update,revoke}",
  ),
  ...rows(
    "payment",
    "calls Razorpay",
    "razorpay#{default,Razorpay}.{orders,payments,subscriptions,paymentLink,customers}.{create,capture,refund}",
  ),
  ...rows(
    "payment",
    "calls Mollie",
    "@mollie/api-client#{default,createMollieClient}.{payments,customers,orders}.create",
  ),
  // https://docs.dodopayments.com/developer-resources/sdks/typescript
  ...rows(
    "payment",
    "calls Dodo Payments",
    "dodopayments#{default,DodoPayments}.{checkoutSessions,payments,subscriptions,refunds,customers,customers.customerPortal}.create",
  ),
  // https://viem.sh/docs/contract/writeContract, https://docs.ethers.org/v6/api/providers/#Signer-sendTransaction,
  // https://solana-foundation.github.io/solana-web3.js/functions/sendAndConfirmTransaction.html: whoever signs pays the fee
  ...rows(
    "payment",
    "sends a transaction to a blockchain",
    "viem#createWalletClient.**.{writeContract,sendTransaction,deployContract,sendCalls}",
    "ethers#{Wallet,ethers.Wallet,HDNodeWallet,ethers.HDNodeWallet}.**.sendTransaction",
    "@solana/web3.js#sendAndConfirmTransaction",
  ),
  // https://octokit.github.io/rest.js
  ...rows(
    "data-write",
    "changes what is on GitHub",
    `{octokit,@octokit/rest,@octokit/core}#Octokit.**.{createOrUpdateFileContents,deleteFile,createCommit,createTree,createBlob,createRef,
      updateRef,deleteRef,createForAuthenticatedUser,createInOrg,createFork,createUsingTemplate,createDispatchEvent,createWorkflowDispatch,
      createComment,createRelease,merge}`,
    "{octokit,@octokit/rest,@octokit/core}#Octokit.**.{issues,pulls,gists}.{create,update}",
  ),
  // https://vercel.com/docs/vercel-blob/using-blob-sdk
  ...rows(
    "blob",
    "writes to Vercel Blob",
    "@vercel/blob#{put,del,copy,createMultipartUpload,createMultipartUploader,uploadPart,completeMultipartUpload}",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/s3/
  ...rows(
    "blob",
    "writes to S3",
    `@aws-sdk/client-s3#{PutObjectCommand,DeleteObjectCommand,DeleteObjectsCommand,CopyObjectCommand,
      CreateMultipartUploadCommand,UploadPartCommand}`,
    "@aws-sdk/client-s3#S3.{putObject,deleteObject,deleteObjects,copyObject,createMultipartUpload}",
    "@aws-sdk/lib-storage#Upload.done",
    "aws-sdk#S3.{putObject,upload,deleteObject,createPresignedPost}.**",
  ),
  ...rows("blob", "hands out an upload address for S3", "@aws-sdk/s3-presigned-post#createPresignedPost"),
  // https://www.mux.com/docs/guides/upload-files-directly, https://github.com/muxinc/mux-node-sdk/blob/master/api.md
  ...rows("blob", "makes videos or streams at Mux", "@mux/mux-node#{default,Mux}.video.{assets,liveStreams,uploads}.create"),
  // https://supabase.com/docs/reference/javascript/storage-from-upload
  ...rows(
    "blob",
    "writes to Supabase Storage",
    `${SUPABASE}.storage.from.{upload,uploadToSignedUrl,createSignedUploadUrl,update,remove,move,copy}`,
  ),
  ...rows(
    "blob",
    "writes to Google Cloud Storage",
    "@google-cloud/storage#Storage.bucket.{upload,file.save,file.delete,file.createWriteStream}",
  ),
  ...rows(
    "blob",
    "writes to Firebase Storage",
    "firebase/storage#{uploadBytes,uploadBytesResumable,uploadString,deleteObject}",
    "firebase-admin/storage#getStorage.bucket.{upload,file.save,file.delete,file.createWriteStream}",
  ),
  // https://cloudinary.com/documentation/node_image_and_video_upload, https://docs.uploadthing.com/api-reference/ut-api
  ...rows(
    "blob",
    "uploads to Cloudinary",
    "cloudinary#v2.uploader.{upload,upload_stream,upload_large,unsigned_upload}",
  ),
  ...rows("blob", "deletes files at Cloudinary", "cloudinary#v2.uploader.destroy"),
  // https://docs.pinata.cloud/sdk, https://github.com/PinataCloud/Pinata-SDK (version 2)
  ...rows(
    "blob",
    "uploads to Pinata",
    "{pinata,pinata-web3,@pinata/sdk}#PinataSDK.upload.**.{file,fileArray,json,base64,url,cid}",
    "@pinata/sdk#default.{pinFileToIPFS,pinJSONToIPFS,pinFromFS,pinByHash}",
  ),
  ...rows("blob", "uploads to UploadThing", "uploadthing/server#UTApi.{uploadFiles,uploadFilesFromUrl}"),
  ...rows("blob", "deletes files at UploadThing", "uploadthing/server#UTApi.deleteFiles"),
  ...rows("blob", "writes to Netlify Blobs", "@netlify/blobs#{getStore,getDeployStore}.{set,setJSON,delete}"),
  // https://www.inngest.com/docs/reference/events/send, https://trigger.dev/docs/triggering
  ...rows("queue", "sends an Inngest event", "inngest#Inngest.send"),
  ...rows(
    "queue",
    "triggers a background task",
    "{@trigger.dev/sdk,@trigger.dev/sdk/v3}#tasks.{trigger,batchTrigger,triggerAndWait,batch}",
    "{@trigger.dev/sdk,@trigger.dev/sdk/v3}#{task,schemaTask}.{trigger,batchTrigger}",
    "@trigger.dev/sdk#TriggerClient.sendEvent",
  ),
  // https://docs.bullmq.io/guide/queues, https://github.com/OptimalBits/bull, https://kafka.js.org/docs/producing
  ...rows(
    "queue",
    "adds jobs to a queue",
    "bullmq#Queue.{add,addBulk}",
    "bull#{default,Queue}.{add,addBulk}",
    "pg-boss#{default,PgBoss}.{send,publish,insert}",
  ),
  ...rows("queue", "produces Kafka messages", "kafkajs#Kafka.producer.{send,sendBatch}"),
  ...rows("queue", "sends queue messages", "amqplib#connect.*.{sendToQueue,publish}"),
  ...rows(
    "queue",
    "sends to Amazon SQS",
    "@aws-sdk/client-sqs#{SendMessageCommand,SendMessageBatchCommand,SQS.sendMessage}",
  ),
  ...rows("queue", "publishes to Google Pub/Sub", "@google-cloud/pubsub#PubSub.topic.{publishMessage,publish}"),
  ...rows("queue", "sends to Vercel Queues", "@vercel/queue#send"),
  ...rows("queue", "sends to a Cloudflare queue", "{cloudflare:workers,?}#**.env.*.{send,sendBatch}"),
  // https://pusher.com/docs/channels/server_api/http-api, https://ably.com/docs/api/rest-sdk
  ...rows("queue", "publishes to Pusher", "pusher#{default,Pusher}.{trigger,triggerBatch}"),
  ...rows("queue", "publishes to Ably", "ably#**.channels.get.publish"),
  // https://nodejs.org/api/fs.html, https://docs.deno.com/api/deno/file-system, https://bun.com/docs/api/file-io
  ...rows(
    "file-system",
    "changes files",
    `{fs,fs-extra,graceful-fs}#{writeFile,writeFileSync,appendFile,appendFileSync,createWriteStream,mkdir,mkdirSync,
      rm,rmSync,rmdir,rmdirSync,unlink,unlinkSync,rename,renameSync,copyFile,copyFileSync,cp,cpSync,truncate,
      truncateSync,symlink,symlinkSync}`,
    "fs#promises.{writeFile,appendFile,mkdir,rm,rmdir,unlink,rename,copyFile,cp,truncate,symlink}",
    "fs/promises#{writeFile,appendFile,mkdir,rm,rmdir,unlink,rename,copyFile,cp,truncate,symlink}",
    `fs-extra#{outputFile,outputFileSync,outputJson,outputJSON,writeJson,writeJSON,writeJsonSync,writeJSONSync,
      remove,removeSync,copy,copySync,move,moveSync,ensureFile,ensureDir,emptyDir}`,
    "global#Deno.{writeFile,writeFileSync,writeTextFile,writeTextFileSync,remove,removeSync,rename,mkdir,copyFile}",
    "global#Bun.write",
    "bun#write",
  ),
  // https://nodejs.org/api/child_process.html, https://github.com/sindresorhus/execa, https://google.github.io/zx
  ...rows(
    "child-process",
    "starts a process",
    "child_process#{exec,execSync,execFile,execFileSync,spawn,spawnSync,fork}",
    "execa#{default,execa,execaSync,execaCommand,execaCommandSync,execaNode,$}",
    "{zx,bun}#$",
    "cross-spawn#{default,spawn,sync}",
    "shelljs#exec",
    "bun#{spawn,spawnSync}",
    "global#Bun.{spawn,spawnSync,$}",
    "global#Deno.Command.{output,outputSync,spawn}",
  ),
  ...rows(
    "child-process",
    "starts a browser",
    "{puppeteer,puppeteer-core}#{launch,connect}",
    `{playwright,playwright-core,@playwright/test}#{chromium,firefox,webkit}.{launch,connect,connectOverCDP,
      launchPersistentContext}`,
  ),
  ...rows(
    "child-process",
    "runs code in a sandbox",
    "@vercel/sandbox#Sandbox.**.{create,runCommand}",
    "{e2b,@e2b/code-interpreter}#Sandbox.**.{create,runCode}",
  ),
];
