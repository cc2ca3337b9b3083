import { rows, type CostlyRow } from "./row.ts";

/** Messages to people, by whatever channel. */
export const MESSAGE_ROWS: readonly CostlyRow[] = [
  // https://resend.com/docs/api-reference/introduction
  ...rows(
    "mail",
    "sends mail through Resend",
    "resend#Resend.{emails,batch,broadcasts}.{send,create}",
    "?#**.resend.{emails,batch}.send",
  ),
  ...rows("data-write", "adds contacts to Resend", "resend#Resend.{contacts,audiences}.{create,update,remove}"),
  // https://nodemailer.com/usage
  ...rows("mail", "sends mail through Nodemailer", "nodemailer#createTransport.sendMail", "?#**.sendMail"),
  // https://github.com/sendgrid/sendgrid-nodejs
  ...rows("mail", "sends mail through SendGrid", "@sendgrid/mail#**.{send,sendMultiple}"),
  // https://postmarkapp.com/developer/integration/official-libraries
  ...rows(
    "mail",
    "sends mail through Postmark",
    "postmark#{ServerClient,Client}.{sendEmail,sendEmailWithTemplate,sendEmailBatch,sendEmailBatchWithTemplates}",
  ),
  // https://documentation.mailgun.com/docs/mailgun/sdk/nodejs_sdk
  ...rows("mail", "sends mail through Mailgun", "mailgun.js#**.messages.create", "mailgun-js#**.messages.send"),
  // https://docs.aws.amazon.com/ses/latest/dg/send-an-email-using-sdk-programmatically.html
  ...rows(
    "mail",
    "sends mail through Amazon SES",
    `{@aws-sdk/client-ses,@aws-sdk/client-sesv2}#{SendEmailCommand,SendRawEmailCommand,SendTemplatedEmailCommand,
      SendBulkTemplatedEmailCommand,SendBulkEmailCommand}`,
    "{@aws-sdk/client-ses,@aws-sdk/client-sesv2}#{SES,SESv2}.{sendEmail,sendRawEmail,sendTemplatedEmail,sendBulkEmail}",
    "aws-sdk#{SES,SESV2}.{sendEmail,sendRawEmail,sendTemplatedEmail}.**",
  ),
  // https://loops.so/docs/sdks/javascript, https://docs.useplunk.com
  ...rows(
    "mail",
    "sends mail through Loops",
    "loops#LoopsClient.{sendTransactionalEmail,sendEvent}",
  ),
  ...rows("mail", "adds contacts to Loops", "loops#LoopsClient.createContact"),
  // Of a contact that is there, it changes what is known of it.
  ...rows("data-write", "changes contacts of Loops", "loops#LoopsClient.updateContact"),
  ...rows("mail", "sends mail through Plunk", "@plunk/node#{default,Plunk}.{emails.send,events.track}"),
  // https://developers.mailersend.com, https://developers.brevo.com, https://dev.mailjet.com,
  // https://mailchimp.com/developer
  ...rows("mail", "sends mail through MailerSend", "mailersend#MailerSend.email.{send,sendBulk}"),
  ...rows(
    "mail",
    "sends mail through Brevo",
    "{@getbrevo/brevo,sib-api-v3-sdk}#TransactionalEmailsApi.sendTransacEmail",
  ),
  ...rows("mail", "sends mail through Mailjet", "node-mailjet#**.post.request"),
  ...rows(
    "mail",
    "adds subscribers to Mailchimp",
    "@mailchimp/mailchimp_marketing#default.lists.{addListMember,setListMember,batchListMembers}",
    "@mailchimp/mailchimp_transactional#default.messages.{send,sendTemplate}",
  ),
  // https://www.npmjs.com/package/zeptomail
  ...rows("mail", "sends mail through ZeptoMail", "zeptomail#SendMailClient.{sendMail,sendBatchMail,sendMailWithTemplate,mailBatchWithTemplate}"),
  ...rows("mail", "sends mail through Azure", "@azure/communication-email#EmailClient.beginSend"),
  ...rows("mail", "sends mail through Payload", "payload#{default,getPayload}.sendEmail"),
  // https://tools.slack.dev/node-slack-sdk
  ...rows(
    "mail",
    "posts to Slack",
    "@slack/web-api#WebClient.chat.{postMessage,postEphemeral,scheduleMessage,update}",
    "@slack/webhook#IncomingWebhook.send",
  ),
  ...rows("mail", "posts to Discord", "discord.js#WebhookClient.send"),
  // https://www.twilio.com/docs/messaging, https://www.twilio.com/docs/verify/api
  ...rows(
    "sms",
    "sends messages through Twilio",
    "twilio#{default,Twilio}.**.{messages,calls,verifications}.create",
  ),
  // https://developer.vonage.com/en/messages/overview, https://developer.vonage.com/en/verify/overview
  ...rows(
    "sms",
    "sends messages through Vonage",
    "@vonage/server-sdk#Vonage.{sms,messages}.send",
    "@vonage/server-sdk#Vonage.{verify,verify2}.{start,newRequest}",
    "{@vonage/sms,@vonage/messages}#{SMS,Messages}.send",
  ),
  ...rows(
    "sms",
    "publishes through Amazon SNS",
    "@aws-sdk/client-sns#{PublishCommand,PublishBatchCommand,SNS.publish}",
    "aws-sdk#SNS.publish.**",
  ),
  ...rows("sms", "sends messages through Plivo", "plivo#Client.{messages,calls}.create"),
  // https://github.com/web-push-libs/web-push, https://docs.expo.dev/push-notifications/sending-notifications
  ...rows(
    "sms",
    "sends push notifications",
    "web-push#sendNotification",
    "expo-server-sdk#{default,Expo}.sendPushNotificationsAsync",
    `{firebase-admin/messaging#getMessaging,firebase-admin#messaging}.{send,sendEach,sendEachForMulticast,
      sendMulticast,sendToDevice}`,
  ),
];
