import { rows, type CostlyRow } from "./row.ts";

/** Models and other AI services that are paid by use. */
export const LLM_ROWS: readonly CostlyRow[] = [
  // https://ai-sdk.dev/docs/reference
  ...rows(
    "llm",
    "calls an LLM through the AI SDK",
    "ai#{generateText,streamText,generateObject,streamObject,embed,embedMany,rerank}",
    "ai#{generateImage,experimental_generateImage,experimental_generateSpeech,experimental_transcribe}",
    "ai#{Agent,Experimental_Agent,ToolLoopAgent}.{generate,stream}",
    "{ai/rsc,@ai-sdk/rsc}#streamUI",
  ),
  // https://platform.openai.com/docs/api-reference; OpenAIApi is version 3 of the SDK
  ...rows(
    "llm",
    "calls OpenAI",
    `openai#{default,OpenAI,AzureOpenAI}.{chat,responses,completions,embeddings,images,audio,beta,videos,
      batches,moderations,fineTuning}.**.{create,createAndPoll,createAndRun,
      createAndRunPoll,createAndRunStream,stream,parse,generate,edit,createVariation,runTools,submitToolOutputs,
      uploadAndPoll}`,
    `{openai,openai-edge}#OpenAIApi.{createCompletion,createChatCompletion,createEmbedding,createImage,
      createImageEdit,createTranscription,createTranslation,createEdit,createModeration}`,
    "?#**.chat.completions.create",
  ),
  // Keeps things for models, and asks none.
  ...rows(
    "blob",
    "stores files at OpenAI",
    `openai#{default,OpenAI,AzureOpenAI}.{files,uploads,vectorStores,conversations}.**.{create,createAndPoll,
      uploadAndPoll}`,
  ),
  // https://docs.anthropic.com/en/api/client-sdks
  ...rows(
    "llm",
    "calls Anthropic",
    `{@anthropic-ai/sdk,@anthropic-ai/bedrock-sdk,@anthropic-ai/vertex-sdk}#{default,Anthropic,AnthropicBedrock,
      AnthropicVertex}.**.messages.{create,stream,parse,batches.create}`,
    "@anthropic-ai/sdk#{default,Anthropic}.completions.create",
    "{@anthropic-ai/claude-agent-sdk,@anthropic-ai/claude-code}#query",
  ),
  // https://ai.google.dev/gemini-api/docs/libraries
  ...rows(
    "llm",
    "calls Gemini",
    `@google/genai#GoogleGenAI.models.{generateContent,generateContentStream,embedContent,generateImages,editImage,
      generateVideos}`,
    "@google/genai#GoogleGenAI.chats.create.{sendMessage,sendMessageStream}",
    `@google/generative-ai#GoogleGenerativeAI.getGenerativeModel.**.{generateContent,generateContentStream,
      sendMessage,sendMessageStream,embedContent,batchEmbedContents}`,
    "@google-cloud/vertexai#VertexAI.**.{generateContent,generateContentStream,sendMessage,sendMessageStream}",
  ),
  // https://cloud.google.com/nodejs/docs/reference/{text-to-speech,speech,translate,vision,documentai}/latest
  ...rows(
    "llm",
    "generates or transcribes speech",
    "@google-cloud/text-to-speech#**.TextToSpeechClient.{synthesizeSpeech,streamingSynthesize}",
    "@google-cloud/text-to-speech#**.TextToSpeechLongAudioSynthesizeClient.synthesizeLongAudio",
    "@google-cloud/speech#**.SpeechClient.{recognize,longRunningRecognize,streamingRecognize,batchRecognize}",
  ),
  ...rows(
    "llm",
    "calls Google Cloud's models",
    "@google-cloud/translate#**.{translate,translateText,detect,detectLanguage,batchTranslateText}",
    `@google-cloud/vision#**.ImageAnnotatorClient.{annotateImage,batchAnnotateImages,asyncBatchAnnotateFiles,
      batchAnnotateFiles,textDetection,documentTextDetection,labelDetection,faceDetection,objectLocalization,
      safeSearchDetection,logoDetection,landmarkDetection,webDetection,imageProperties}`,
    "@google-cloud/documentai#**.DocumentProcessorServiceClient.{processDocument,batchProcessDocuments}",
  ),
  // https://genkit.dev/docs/models, https://genkit.dev/docs/dotprompt: what `definePrompt()` gives back is called, or streamed
  ...rows(
    "llm",
    "calls an LLM through Genkit",
    "{genkit,genkit/beta}#genkit.{generate,generateStream,embed,embedMany,rerank}",
    "{genkit,genkit/beta}#genkit.{definePrompt,prompt}",
    "{genkit,genkit/beta}#genkit.{definePrompt,prompt}.stream",
    "genkit/beta#genkit.chat.{send,sendStream}",
  ),
  // https://docs.mistral.ai/getting-started/clients, https://console.groq.com/docs/libraries,
  // https://docs.cohere.com/reference, https://docs.together.ai/docs/quickstart
  ...rows(
    "llm",
    "calls Mistral",
    `@mistralai/mistralai#{default,Mistral,MistralClient}.{chat,fim,agents,embeddings,ocr}.{complete,stream,create,
      process}`,
    "@mistralai/mistralai#{default,MistralClient}.{chat,chatStream,embeddings}",
  ),
  ...rows(
    "llm",
    "calls Groq",
    "groq-sdk#{default,Groq}.{chat.completions,audio.transcriptions,audio.translations,audio.speech,embeddings}.create",
  ),
  ...rows(
    "llm",
    "calls Cohere",
    `cohere-ai#{CohereClient,CohereClientV2}.**.{chat,chatStream,generate,generateStream,embed,rerank,classify,
      summarize}`,
  ),
  ...rows(
    "llm",
    "calls Together AI",
    "together-ai#{default,Together}.{chat.completions,completions,embeddings,images,audio}.{create,generate,stream}",
  ),
  // https://replicate.com/docs/reference/client-libraries, https://docs.fal.ai
  ...rows(
    "llm",
    "runs a model on Replicate",
    "replicate#{default,Replicate}.{run,stream}",
    "replicate#{default,Replicate}.{predictions,deployments.predictions,trainings}.create",
  ),
  ...rows(
    "llm",
    "runs a model on fal",
    "{@fal-ai/client,@fal-ai/serverless-client}#{fal,createFalClient}.{run,subscribe,stream,queue.submit}",
    "@fal-ai/serverless-client#{run,subscribe,stream,queue.submit}",
  ),
  // https://huggingface.co/docs/huggingface.js/inference/README, https://elevenlabs.io/docs/api-reference
  ...rows(
    "llm",
    "calls Hugging Face",
    `@huggingface/inference#{HfInference,InferenceClient}.**.{textGeneration,textGenerationStream,chatCompletion,
      chatCompletionStream,featureExtraction,textToImage,imageToImage,imageToText,textToSpeech,
      automaticSpeechRecognition,summarization,translation,textClassification,questionAnswering,request}`,
  ),
  ...rows(
    "llm",
    "calls ElevenLabs",
    `{elevenlabs,@elevenlabs/elevenlabs-js}#ElevenLabsClient.{textToSpeech,speechToSpeech,speechToText,
      textToSoundEffects,textToDialogue}.{convert,convertAsStream,stream,convertWithTimestamps}`,
    "elevenlabs#ElevenLabsClient.generate",
  ),
  // https://js.langchain.com/docs, https://docs.llamaindex.ai
  ...rows(
    "llm",
    "calls an LLM through LangChain",
    `{@langchain/core/*,langchain/*,@langchain/langgraph,@langchain/langgraph/*}#**.{pipe,compile,fromLLM,
      from_llm}.**.{invoke,stream,batch,streamEvents,call}`,
    `{@langchain/openai,@langchain/anthropic,@langchain/google-genai,@langchain/google-vertexai,
      @langchain/mistralai,@langchain/groq,@langchain/cohere,@langchain/aws,@langchain/xai,@langchain/deepseek,
      langchain/llms/*,langchain/chat_models/*}#*.**.{invoke,stream,batch,streamEvents,call,predict,generate,
      embedQuery,embedDocuments}`,
    "langchain/chains#*.**.{call,invoke,run,stream}",
    "{@langchain/langgraph/prebuilt#createReactAgent,langchain#createAgent}.{invoke,stream,streamEvents}",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/bedrock-runtime/
  ...rows(
    "llm",
    "calls Amazon Bedrock",
    `@aws-sdk/client-bedrock-runtime#{InvokeModelCommand,InvokeModelWithResponseStreamCommand,ConverseCommand,
      ConverseStreamCommand}`,
    "@aws-sdk/client-bedrock-runtime#BedrockRuntime.{invokeModel,converse,converseStream}",
  ),
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/textract/
  ...rows(
    "llm",
    "calls Amazon Textract",
    `@aws-sdk/client-textract#{AnalyzeDocumentCommand,AnalyzeExpenseCommand,AnalyzeIDCommand,DetectDocumentTextCommand,
      StartDocumentAnalysisCommand,StartDocumentTextDetectionCommand,StartExpenseAnalysisCommand}`,
    "@aws-sdk/client-textract#Textract.{analyzeDocument,analyzeExpense,analyzeID,detectDocumentText}",
  ),
  // https://developers.cloudflare.com/workers-ai/configuration/bindings/
  ...rows("llm", "runs a model on Workers AI", "{cloudflare:workers,?}#**.env.AI.run"),
  // https://docs.exa.ai/sdks, https://docs.tavily.com/sdk/javascript, https://docs.firecrawl.dev/sdks/node
  ...rows(
    "llm",
    "calls a paid search API",
    "exa-js#{default,Exa}.{search,searchAndContents,findSimilar,getContents,answer}",
    "@tavily/core#tavily.{search,extract,crawl}",
    `{@mendable/firecrawl-js,firecrawl}#{default,Firecrawl,FirecrawlApp}.{scrape,scrapeUrl,crawl,crawlUrl,search,
      extract}`,
  ),
];
