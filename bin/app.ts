import { App } from 'aws-cdk-lib';
import { ChangePointDetectionStack } from '../lib/change-point-detection-stack.ts';
import { type Settings, settingsFromContext } from '../lib/settings.ts';

const app = new App();
const settings = settingsOrExit(app.node.getAllContext());
new ChangePointDetectionStack(app, 'ChangePointDetection', {
  stackName: settings.stackName,
  description: 'Finds sudden shifts in live data and says where, how large and how sure',
  settings,
});

/** The settings of the context. For a wrong one it prints the error in one line, without a stack trace, and exits. */
function settingsOrExit(context: Readonly<Record<string, unknown>>): Settings {
  try {
    return settingsFromContext(context);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
