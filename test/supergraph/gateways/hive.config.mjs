// Hive Gateway: passes the caller's credential on and adds the router's own.
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => {
      const authorization = request.headers.get('authorization');
      return {
        'router-authorization': process.env.ROUTER_AUTHORIZATION,
        ...(authorization === null ? {} : { authorization }),
      };
    },
  },
};
