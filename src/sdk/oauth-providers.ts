/**
 * Ids of Auth.js' providers of the types `oauth` and `oidc`: to sign in with one sends the browser to its page, where
 * passwords are checked and codes are sent.
 * @see https://github.com/nextauthjs/next-auth/tree/main/packages/core/src/providers, as of @auth/core 0.41.3
 */
export const OAUTH_PROVIDERS: ReadonlySet<string> = new Set(
  `42-school apple asgardeo atlassian auth0 authentik azure-ad azure-ad-b2c azure-devops bankid-no
  battlenet beyondidentity bitbucket box boxyhq-saml bungie click-up cognito coinbase concept2
  descope discord dribbble dropbox duende-identity-server6 eventbrite eveonline facebook faceit
  figma foursquare freshbooks frontegg fusionauth github gitlab google hubspot huggingface hydra
  identity-server4 instagram kakao keycloak kinde line linkedin logto mailchimp mailru mastodon
  mattermost medium microsoft-entra-id naver netlify netsuite nextcloud notion okta onelogin osso
  osu passage patreon ping-id pinterest pipedrive reddit roblox salesforce simplelogin slack
  spotify strava threads tiktok todoist trakt twitch twitter united-effects vipps vk webex wechat
  wikimedia wordpress workos yandex zitadel zoho zoom`.split(/\s+/u),
);
