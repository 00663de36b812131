import { App } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** The same Gatehouse as bin/gatehouse.ts, whose audit function cannot start. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
const stack = new GatehouseStack(app, 'Gatehouse', { stage: 'development', servers: [todoServer] });
const handler = stack.node.findChild('Functions').node.findChild('Audit').node.findChild('Handler').node.defaultChild;
if (!(handler instanceof CfnFunction)) throw new Error('there is no audit function');
handler.addPropertyDeletionOverride('Environment');
app.synth();
