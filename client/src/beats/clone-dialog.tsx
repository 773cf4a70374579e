import { useMutation } from '@tanstack/react-query';
import type { PlanSummary } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { api, refreshSoon } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { Dialog, DialogForm, ErrorState, TextField, toast } from '../ui/index.ts';
import { beatMessages } from './messages.ts';
import { useOpenDraft } from './plan-queries.ts';

/** A new draft like this plan or draft, opened at once. */
export function CloneDialog({ plan, onClose }: { plan: Pick<PlanSummary, 'id' | 'name'>; onClose: () => void }) {
  const t = useMessages(beatMessages);
  const bureau = useBureauSlug();
  const openDraft = useOpenDraft();
  const [name, setName] = useState(t('cloneOf', { name: plan.name }).slice(0, 80));
  const clone = useMutation({
    mutationFn: () => api.post<PlanSummary>(`/api/plans/${plan.id}/clone`, { name: name.trim() }),
    onSuccess: (made) => {
      refreshSoon(['plans', bureau]);
      toast(t('cloned', { name: made.name }), { tone: 'done' });
      onClose();
      openDraft(made.id);
    },
  });
  return (
    <Dialog title={t('clone')} onClose={onClose}>
      <DialogForm
        onSubmit={() => clone.mutate()}
        onCancel={onClose}
        busy={clone.isPending || name.trim() === ''}
        submitLabel={t('clone')}
      >
        <TextField
          label={t('cloneName')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
        {clone.error ? <ErrorState error={clone.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}
