import type { CodegenConfig } from '@graphql-codegen/cli';

/** Resolver types from the schema; a mapper names the model that a resolver of that type gets as its parent. */
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/graphql/generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useIndexSignature: true,
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        contextType: './context.ts#Context',
        scalars: {
          Date: 'string',
          DateTime: 'string',
          DateOrDateTime: 'string',
          Decimal: 'string',
          JSON: '../crm/json.ts#Json',
        },
        mappers: {
          CrmVendor: './models.ts#VendorModel',
          CrmAccount: '../crm/connectedAccount.ts#Account',
          AccountHealth: '../crm/account.ts#Health',
          CrmAgent: '../crm/agent.ts#CrmAgent as CrmAgentModel',
          Customer: './models.ts#CustomerModel',
          CrmNode: './models.ts#NodeModel',
          Tag: '../crm/tag.ts#Tag as TagModel',
          Segment: '../crm/segment.ts#Segment as SegmentModel',
          CustomField: '../crm/customField.ts#CustomFieldValue',
          TextCustomField: './models.ts#TextField',
          NumberCustomField: './models.ts#NumberField',
          BooleanCustomField: './models.ts#BooleanField',
          DateCustomField: './models.ts#DateField',
          ListCustomField: './models.ts#ListField',
          CustomFieldDefinition: '../crm/customField.ts#CustomFieldDefinition as DefinitionModel',
          CustomerEvent: '../crm/customerEvent.ts#CustomerEvent as CustomerEventModel',
          Source: './models.ts#SourceModel',
          PageInfo: './models.ts#PageInfoModel',
          CustomerConnection: './models.ts#ConnectionModel<CustomerModel>',
          CustomerEdge: './models.ts#EdgeModel<CustomerModel>',
          TagConnection: './models.ts#ConnectionModel<TagModel>',
          TagEdge: './models.ts#EdgeModel<TagModel>',
          SegmentConnection: './models.ts#ConnectionModel<SegmentModel>',
          SegmentEdge: './models.ts#EdgeModel<SegmentModel>',
          CrmAgentConnection: './models.ts#ConnectionModel<CrmAgentModel>',
          CrmAgentEdge: './models.ts#EdgeModel<CrmAgentModel>',
          CustomFieldDefinitionConnection: './models.ts#ConnectionModel<DefinitionModel>',
          CustomFieldDefinitionEdge: './models.ts#EdgeModel<DefinitionModel>',
          CustomerEventConnection: './models.ts#ConnectionModel<CustomerEventModel>',
          CustomerEventEdge: './models.ts#EdgeModel<CustomerEventModel>',
        },
      },
    },
  },
};

export default config;
