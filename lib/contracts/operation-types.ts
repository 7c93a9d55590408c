import type { z } from "zod";
import type { Operation } from "./api";

type Given<O, Key extends string> = O extends { [K in Key]: infer S extends z.ZodType } ? z.input<S> : undefined;

/** What a caller puts into an operation's path, query and body. */
export type ParamsOf<O extends Operation> = Given<O, "params">;
export type QueryOf<O extends Operation> = Given<O, "query">;
export type BodyOf<O extends Operation> = Given<O, "body">;

/** What an operation answers, after parsing. */
export type AnswerOf<O extends Operation> = O["answer"] extends z.ZodType ? z.output<O["answer"]> : null;
