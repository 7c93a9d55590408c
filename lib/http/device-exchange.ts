export { emptyAnswer, type DeviceAnswer, type DeviceExchange } from "@/lib/protocol/device-exchange";
