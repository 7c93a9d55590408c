import { isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { DEVICE_ERRORS } from "./device-error";
import { memoryOf } from "./device-memory";
import { done, failed, texts, type Outcome, type Perform } from "./device-outcome";
import type { DeviceState } from "./device-state";

/** Apps, books and provisioning profiles. */
export const APP_ANSWERS: Readonly<Record<string, Perform>> = {
  InstallApplication: install,
  InstallEnterpriseApplication: (state, parameters) => {
    if (parameters["InstallAsManaged"] === true) manage(state, "org.example.package", parameters);
    return done();
  },
  RemoveApplication: (state, { Identifier }) => {
    memoryOf(state).managedApps.delete(String(Identifier));
    state.applications = state.applications.filter((application) => application.identifier !== Identifier);
    return done();
  },
  ManagedApplicationList: (state, { Identifiers }) => {
    const entries = chosen(state, Identifiers).map(([identifier, app]) => [
      identifier,
      { Status: "Managed", ManagementFlags: 1, HasConfiguration: Object.keys(app.configuration).length > 0, HasFeedback: false, IsValidated: true, ExternalVersionIdentifier: 868_123_456 },
    ]);
    return done({ ManagedApplicationList: Object.fromEntries(entries) as PlistDictionary });
  },
  ManagedApplicationAttributes: (state, { Identifiers }) =>
    done({ ApplicationAttributes: chosen(state, Identifiers).map(([Identifier, app]) => ({ Identifier, Attributes: app.attributes })) }),
  ManagedApplicationConfiguration: (state, { Identifiers }) =>
    done({ ApplicationConfigurations: chosen(state, Identifiers).map(([Identifier, app]) => ({ Identifier, Configuration: app.configuration })) }),
  ManagedApplicationFeedback: (state, { Identifiers }) =>
    done({ ManagedApplicationFeedback: chosen(state, Identifiers).map(([Identifier]) => ({ Identifier, Feedback: { launches: 3 } })) }),
  InviteToProgram: () => done({ InvitationResult: "Acknowledged" }),
  NSExtensionMappings: () => done({ Extensions: [{ Identifier: "com.apple.share.Mail", ExtensionPoint: "com.apple.share-services", DisplayName: "Mail" }] }),
  ActiveNSExtensions: () =>
    done({ Extensions: [{ Identifier: "com.apple.share.Mail", ExtensionPoint: "com.apple.share-services", DisplayName: "Mail", ContainerDisplayName: "Mail", Path: "/System/Applications/Mail.app", Version: "16.0", UserElection: "Default" }] }),
  InstallMedia: (state, { iTunesStoreID, PersistentID, Title, MediaURL }) => {
    const key = String(PersistentID ?? iTunesStoreID ?? MediaURL);
    memoryOf(state).books.set(key, { State: "Managed", ...given({ iTunesStoreID, PersistentID, Title }) });
    return done({ State: "Installing", MediaType: "Book", ...given({ iTunesStoreID, PersistentID, MediaURL }) });
  },
  ManagedMediaList: (state) => done({ Books: [...memoryOf(state).books.values()] }),
  RemoveMedia: (state, { iTunesStoreID, PersistentID }) => {
    memoryOf(state).books.delete(String(PersistentID ?? iTunesStoreID));
    return done();
  },
  InstallProvisioningProfile: (state, { ProvisioningProfile }) => {
    if (!(ProvisioningProfile instanceof Uint8Array)) return failed(DEVICE_ERRORS.malformedRequest);
    memoryOf(state).provisioningProfiles.set(`00000000-0000-4000-8000-${String(ProvisioningProfile.length).padStart(12, "0")}`, ProvisioningProfile);
    return done();
  },
  RemoveProvisioningProfile: (state, { UUID }) => {
    memoryOf(state).provisioningProfiles.delete(String(UUID));
    return done();
  },
  ProvisioningProfileList: (state) =>
    done({ ProvisioningProfileList: [...memoryOf(state).provisioningProfiles.keys()].map((UUID) => ({ Name: "Team profile", UUID, ExpiryDate: new Date("2030-01-31T12:00:00Z") })) }),
};

/** The device says that it has begun; the list of managed apps tells how it ends. */
function install(state: DeviceState, parameters: PlistDictionary): Outcome {
  const { Identifier, iTunesStoreID, ManifestURL } = parameters;
  const identifier = typeof Identifier === "string" ? Identifier : iTunesStoreID !== undefined ? `store.${String(iTunesStoreID)}` : null;
  if (identifier === null && ManifestURL === undefined) return failed(DEVICE_ERRORS.malformedRequest);
  const name = identifier ?? "org.example.in-house";
  manage(state, name, parameters);
  state.applications = [...state.applications.filter((each) => each.identifier !== name), { identifier: name, name, version: "1", shortVersion: "1.0", bundleSize: 12_000_000 }];
  return done({ Identifier: name, State: "Installing" });
}

function manage(state: DeviceState, identifier: string, { Attributes, Configuration }: PlistDictionary): void {
  memoryOf(state).managedApps.set(identifier, { attributes: isDictionary(Attributes) ? Attributes : {}, configuration: isDictionary(Configuration) ? Configuration : {} });
}

function chosen(state: DeviceState, identifiers: PlistValue | undefined) {
  const all = [...memoryOf(state).managedApps];
  return identifiers === undefined ? all : all.filter(([identifier]) => texts(identifiers).includes(identifier));
}

function given(values: Record<string, PlistValue | undefined>): PlistDictionary {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, PlistValue] => entry[1] !== undefined));
}
