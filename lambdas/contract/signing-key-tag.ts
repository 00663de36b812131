/** Tag of the KMS keys that sign; its value names the stack. By it IAM tells keys that are made at run time. */
export const signingKeyTag = 'gatehouse:signs-for';
