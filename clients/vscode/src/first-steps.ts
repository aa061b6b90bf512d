import * as vscode from 'vscode';

type Step = 'story' | 'thing' | 'finding' | 'rename';

const steps = new Set<Step>();
const tell = (step: Step, isDone: boolean): Thenable<unknown> => vscode.commands.executeCommand('setContext', `storylsp.did.${step}`, isDone);

/** Tells the walkthrough that the writer has done a step. */
export async function done(step: Step): Promise<void> {
  if (!steps.has(step)) {
    steps.add(step);
    await tell(step, true);
  }
}

/** Opens the walkthrough. VS Code reads it when it is opened first, and counts only what comes true after that: so what was done before is told again. */
export async function openFirstSteps(extension: string): Promise<void> {
  await Promise.all([...steps].map(step => tell(step, false)));
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension}#storylsp.begin`, false);
  await new Promise(resolve => setTimeout(resolve, 500));
  await Promise.all([...steps].map(step => tell(step, true)));
}
