import { rows, type CostlyRow } from "./row.ts";

/** Upstash's own services other than Redis. Source: upstash-facts, sections 1.3 to 1.7. */
export const UPSTASH_ROWS: readonly CostlyRow[] = [
  ...rows(
    "queue",
    "publishes through QStash",
    "@upstash/qstash#Client.{publish,publishJSON,batch,batchJSON}",
    "@upstash/qstash#Client.queue.{enqueue,enqueueJSON,upsert}",
  ),
  ...rows(
    "queue",
    "changes what QStash will deliver",
    "@upstash/qstash#Client.schedules.{create,delete}",
    "@upstash/qstash#Client.{urlGroups,topics}.{addEndpoints,removeEndpoints,delete}",
    "@upstash/qstash#Client.messages.{cancel,delete,deleteMany,deleteAll}",
  ),
  ...rows("queue", "starts an Upstash Workflow", "@upstash/workflow#Client.trigger"),
  ...rows("queue", "wakes or cancels an Upstash Workflow", "@upstash/workflow#Client.{notify,cancel}"),
  ...rows("queue", "produces Kafka messages", "@upstash/kafka#Kafka.producer.{produce,produceMany}"),
  ...rows(
    "data-write",
    "writes to Upstash Vector",
    "{@upstash/vector,@upstash/vector/*}#Index.**.{upsert,update,delete,reset,deleteNamespace}",
  ),
  ...rows(
    "database",
    "queries Upstash Vector",
    "{@upstash/vector,@upstash/vector/*}#Index.**.{query,queryMany,resumableQuery,fetch,range}",
  ),
  ...rows(
    "data-write",
    "writes to Upstash Search",
    "{@upstash/search,@upstash/search/*}#Search.**.index.{upsert,delete,reset,deleteIndex}",
  ),
  ...rows(
    "database",
    "queries Upstash Search",
    "{@upstash/search,@upstash/search/*}#Search.**.index.{search,fetch,range}",
  ),
  ...rows("llm", "calls an LLM through RAGChat", "@upstash/rag-chat#RAGChat.chat"),
  ...rows("data-write", "adds to a RAGChat context", "@upstash/rag-chat#RAGChat.context.{add,addMany,delete}"),
  ...rows(
    "data-write",
    "writes to the semantic cache",
    "@upstash/semantic-cache#SemanticCache.{set,delete,bulkDelete,flush}",
  ),
  ...rows("database", "queries the semantic cache", "@upstash/semantic-cache#SemanticCache.get"),
  ...rows(
    "child-process",
    "runs code in an Upstash Box",
    "@upstash/box#{Box,EphemeralBox}.create",
    "@upstash/box#{Box,EphemeralBox}.**.{agent,exec}.{run,stream,command,code}",
  ),
];
