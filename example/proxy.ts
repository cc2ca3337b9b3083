import { NextResponse, type NextRequest } from "next/server";
import { apiLimiter, clientAddress } from "@/lib/ratelimit";

/** Limits the routes that `config.matcher` names before their handlers run. */
export async function proxy(request: NextRequest) {
  const { success } = await apiLimiter.limit(clientAddress(request.headers));
  if (!success) return NextResponse.json({ error: "Too many requests" }, { status: 429 });
  return NextResponse.next();
}

export const config = { matcher: ["/api/search/:path*"] };
