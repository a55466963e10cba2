export { attention, attentionGradient, rotary, rotaryGradient } from './attention';
export { cachePrefixes, decodeAttention } from './decode';
export { embed, embedGradient, rmsNorm, rmsNormGradient, swiglu, swigluGradient } from './elementwise';
export { klToBase, policyLoss, targetLogprobs } from './loss';
